package io.dagshell.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.store.Database;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Programs are let in by tokens of their own, which can be taken back. */
class TokensTest extends AccessFixture {
    @Test
    void a_token_is_told_once_and_kept_as_a_digest() throws Exception {
        String secret = token("ci", "operator");
        assertThat(secret).startsWith("dagshell_").hasSize(52);
        assertThat(Person.withToken(server, secret).get("/api/runs").status()).isEqualTo(200);
        Person.Answer listed = owner.get("/api/tokens");
        assertThat(listed.body()).doesNotContain(secret.substring(9));
        JsonNode ci = listed.json().at("/tokens/0");
        assertThat(ci.path("state").asText()).isEqualTo("live");
        assertThat(ci.path("createdBy").asText()).isEqualTo("server token");
        assertThat(ci.has("lastUsed")).isTrue();
        server.close();
        for (var file : Files.list(folder).filter(Files::isRegularFile).toList()) {
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .as(file.toString())
                    .doesNotContain(secret);
        }
    }

    @Test
    void a_token_that_is_revoked_or_expired_lets_nobody_in_from_the_next_request_on() throws Exception {
        Person ci = Person.withToken(server, token("ci", "operator"));
        assertThat(ci.get("/api/runs").status()).isEqualTo(200);
        assertThat(owner.delete("/api/tokens/ci").status()).isEqualTo(204);
        assertThat(ci.get("/api/runs").status()).isEqualTo(401);
        assertThat(ci.get("/api/runs").body()).contains("That token was revoked, has expired, or never was one.");
        assertThat(owner.delete("/api/tokens/ci").status()).isEqualTo(404);

        Person other = Person.withToken(server, token("other", "operator"));
        try (Database database = Database.file(home.database());
                var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("update tokens set expires_at = 1 where name = 'other'");
        }
        assertThat(other.get("/api/runs").status()).isEqualTo(401);
        assertThat(owner.get("/api/tokens").json().at("/tokens/1/state").asText())
                .isEqualTo("expired");

        String made = owner.json("POST", "/api/tokens", "{\"name\": \"unlimited\", \"role\": \"operator\"}")
                .json()
                .path("token")
                .asText();
        Person unlimited = Person.withToken(server, made);
        assertThat(unlimited.get("/api/runs").status()).isEqualTo(200);
        owner.delete("/api/tokens/unlimited");
        assertThat(unlimited.get("/api/runs").status()).isEqualTo(401);
    }

    @Test
    void a_token_without_users_asks_nobody_for_a_login() throws Exception {
        token("ci", "operator");
        Person.Answer refused = Person.unknown(server).get("/");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body()).contains("dagshell server start");
    }

    @Test
    void a_token_is_made_on_the_dashboard_and_shown_once() throws Exception {
        user("ada", "admin");
        Person ada = person("ada");
        Person.Answer made = ada.form("/tokens", Map.of("name", "grafana", "role", "viewer", "expires", "90d"));
        assertThat(made.status()).isEqualTo(200);
        String secret = made.body().replaceAll("(?s).*<code id=\"secret\">([^<]*)</code>.*", "$1");
        assertThat(Person.withToken(server, secret).get("/metrics").status()).isEqualTo(200);
        assertThat(ada.get("/tokens").body())
                .contains("grafana")
                .contains("made by ada")
                .doesNotContain(secret);
        assertThat(ada.form("/tokens", Map.of("name", "x", "role", "viewer", "expires", "soon"))
                        .body())
                .contains("A token expires after a time such as 12h or 90d, not 'soon'.");
        assertThat(ada.form("/tokens/revoke", Map.of("name", "grafana")).status())
                .isEqualTo(303);
        assertThat(Person.withToken(server, secret).get("/metrics").status()).isEqualTo(401);
    }

    @Test
    void runs_are_ordered_in_the_name_of_the_token_whatever_it_says() throws Exception {
        SeenPages.apply(owner, "name: Nightly\nflow: etl\n");
        Person ci = Person.withToken(server, token("ci", "operator"));
        JsonNode run = ci.json("POST", "/api/deployments/Nightly/runs", "{\"createdBy\": \"somebody else\"}")
                .json();
        assertThat(run.path("createdBy").asText()).isEqualTo("ci");
        JsonNode own = owner.json("POST", "/api/deployments/Nightly/runs", "{\"createdBy\": \"cron\"}")
                .json();
        assertThat(own.path("createdBy").asText()).isEqualTo("cron");
    }
}
