package io.dagshell.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.store.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who did what is written down, for the API and the dashboard. */
class AuditTest extends AccessFixture {
    /** The newest first, as {@code by action object outcome}. */
    private List<String> lines() throws Exception {
        List<String> lines = new ArrayList<>();
        for (JsonNode each : owner.get("/api/audit").json().path("entries")) {
            lines.add((each.path("by").asText() + " " + each.path("action").asText() + " "
                            + each.path("object").asText() + " "
                            + each.path("outcome").asText() + " "
                            + each.path("detail").asText())
                    .strip());
        }
        return lines;
    }

    @Test
    void what_is_changed_is_written_down_with_who_and_how_it_ended() throws Exception {
        user("ada", "admin");
        Person ada = person("ada");
        SeenPages.apply(ada, "name: Nightly\nflow: etl\n");
        String run = ada.form("/deployment/run", Map.of("name", "Nightly", "quick", "true"))
                .header("Location")
                .replaceAll(".*/", "");
        ada.form("/runs/" + run + "/cancel", Map.of());
        ada.get("/runs/" + run);
        ada.json("POST", "/api/deployments/Nightly/runs", "{\"parameters\": {\"year\": \"hunter2\"}}");
        ada.form("/queues/limit", Map.of("tag", "db", "limit", "two"));
        ada.form("/deployment/backfill", Map.of("name", "Nightly", "begin", "false"));
        ada.delete("/api/deployments/Nothing");

        assertThat(lines())
                .containsExactly(
                        "ada deployment.delete Nothing refused",
                        "ada limit.set db refused",
                        "ada run.order Nightly refused",
                        "ada run.cancel " + run + " done",
                        "ada run.order Nightly done",
                        "ada deployment.apply Nightly done",
                        "ada login  done",
                        "server token user.add ada done role admin");
        JsonNode first = owner.get("/api/audit?limit=1").json().at("/entries/0");
        assertThat(first.path("role").asText()).isEqualTo("admin");
        assertThat(first.path("kind").asText()).isEqualTo("user");
        assertThat(first.path("address").asText()).isEqualTo("127.0.0.1");
        assertThat(first.path("via").asText()).isEqualTo("api");
        assertThat(first.path("status").asInt()).isEqualTo(404);
        assertThat(owner.get("/api/audit").body()).doesNotContain("hunter2").doesNotContain(PASSWORD);
    }

    @Test
    void who_is_refused_is_written_down_too() throws Exception {
        user("ada", "admin");
        user("bob", "viewer");
        String secret = token("ci", "viewer");
        Person bob = person("bob");
        bob.form("/queues/limit", Map.of("tag", "db", "limit", "2"));
        bob.get("/users");
        Person.unknown(server).login("ada", "wrong");
        Person.unknown(server).login("Mallory<b>", "wrong");
        owner.delete("/api/tokens/ci");
        Person.withToken(server, secret).get("/api/runs");
        Person.withToken(server, secret).get("/api/runs");
        Person.withToken(server, "dagshell_guessed").get("/api/runs");
        Person.unknown(server).get("/api/runs");

        assertThat(lines())
                .containsExactly(
                        "ci token.use ci refused it is revoked",
                        "server token token.revoke ci done",
                        "mallory<b> login  refused",
                        "ada login  refused",
                        "bob see /users refused",
                        "bob limit.set db refused",
                        "bob login  done",
                        "server token token.create ci done role viewer",
                        "server token user.add bob done role viewer",
                        "server token user.add ada done role admin");
        assertThat(person("ada").get("/audit?span=all").body())
                .contains("mallory&lt;b&gt;")
                .contains("not let in")
                .doesNotContain("mallory<b>");
    }

    @Test
    void what_agents_do_all_the_time_is_not_written_down() throws Exception {
        Person agent = Person.withToken(server, token("far", "agent"));
        Person.Answer polled = agent.json(
                "POST",
                "/api/agents/far/poll",
                "{\"host\": \"h\", \"queues\": [\"default\"], \"jdks\": [17], \"most\": 1}");
        assertThat(polled.status()).as(polled.body()).isEqualTo(200);
        assertThat(lines()).containsExactly("server token token.create far done role agent");
    }

    @Test
    void it_is_read_in_pages_and_by_who_did_it() throws Exception {
        user("ada", "admin");
        for (int i = 0; i < 60; i++) {
            owner.json("PUT", "/api/limits/tag" + i, "{\"concurrency\": 2}");
        }
        Person ada = person("ada");
        String page = ada.get("/audit?span=all").body();
        assertThat(page).contains("tag59").doesNotContain(">tag5<").contains(">Older<");
        String older = page.replaceAll("(?s).*href=\"(/audit[^\"]*before=[^\"]*)\">Older.*", "$1")
                .replace("&amp;", "&");
        assertThat(ada.get(older).body()).contains(">tag5<").doesNotContain("tag59");
        assertThat(ada.get("/audit?by=ada&span=all").body()).contains("login").doesNotContain("tag59");
        assertThat(ada.get("/audit?action=user.add&span=1h").body())
                .contains("role admin")
                .doesNotContain("tag59");

        JsonNode newest = owner.get("/api/audit?limit=10&action=limit.set").json();
        JsonNode next = owner.get("/api/audit?limit=10&action=limit.set&after="
                        + newest.path("next").asText())
                .json();
        assertThat(newest.at("/entries/9/object").asText()).isEqualTo("tag50");
        assertThat(next.at("/entries/0/object").asText()).isEqualTo("tag49");
        assertThat(owner.get("/api/audit?since=2100-01-01T00:00:00Z").json().path("entries"))
                .isEmpty();
        assertThat(owner.get("/api/audit?after=x").status()).isEqualTo(422);
    }

    @Test
    void old_lines_go_if_that_is_asked_for_and_others_stay() throws Exception {
        user("ada", "admin");
        user("bob", "viewer");
        try (Database database = Database.file(home.database());
                var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("update audit set at = at - 3 * 86400000000 where object = 'ada'");
        }
        server.close();
        server = Server.start(ServerSettings.local(0).withKeeping(Keeping.all().withAudit(Duration.ofDays(2))), home);
        owner = Person.withToken(server, ServerFile.read(home).orElseThrow().token());
        for (int i = 0; i < 300 && lines().size() > 1; i++) {
            Thread.sleep(50);
        }
        assertThat(lines()).containsExactly("server token user.add bob done role viewer");
    }
}
