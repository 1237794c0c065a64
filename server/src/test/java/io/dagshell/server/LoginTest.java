package io.dagshell.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.store.Database;
import io.dagshell.store.access.Session;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** People say who they are, and are let in until that is over. */
@Timeout(120)
class LoginTest extends AccessFixture {
    private static final String WRONG = "Name or password is wrong.";

    @Test
    void without_users_all_is_as_it_was() throws Exception {
        Person stranger = Person.unknown(server);
        for (String path : List.of("/", "/login", "/assets/dashboard.css", "/api/deployments", "/users")) {
            Person.Answer refused = stranger.get(path);
            assertThat(refused.status()).as(path).isEqualTo(401);
            assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(refused.body()).contains("Open the address that `dagshell server start` printed");
        }
        assertThat(stranger.login("ada", PASSWORD).status()).isEqualTo(401);
        assertThat(owner.get("/").body()).doesNotContain("Log out");
        assertThat(owner.get("/api/audit").json().path("entries")).isEmpty();
        owner.json("PUT", "/api/queues/night", "{}");
        assertThat(owner.get("/api/audit").json().path("entries")).isEmpty();
    }

    @Test
    void the_first_user_is_an_admin_and_the_servers_token_goes_on_to_work() throws Exception {
        Person.Answer refused = owner.json(
                "POST",
                "/api/users",
                "{\"name\": \"ada\", \"role\": \"operator\", \"password\": \"" + PASSWORD + "\"}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("detail").asText()).contains("The first user is an admin");
        user("ada", "admin");
        assertThat(owner.get("/api/users").json().at("/users/0/name").asText()).isEqualTo("ada");
        assertThat(owner.get("/").status()).isEqualTo(200);
        HttpResponse<String> entered = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(server.entrance()).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(entered.statusCode()).isEqualTo(302);
    }

    @Test
    void a_page_sends_to_the_login_which_leads_back_to_it() throws Exception {
        user("ada", "admin");
        Person stranger = Person.unknown(server);
        Person.Answer sent = stranger.get("/runs?state=failed&span=7d");
        assertThat(sent.status()).isEqualTo(303);
        assertThat(URI.create(sent.header("Location")).getPath()).isEqualTo("/login");
        assertThat(sent.header("Location")).endsWith("?next=%2Fruns%3Fstate%3Dfailed%26span%3D7d");

        Person.Answer page = stranger.get("/login?next=%2Fruns%3Fstate%3Dfailed%26span%3D7d");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("name=\"next\" value=\"/runs?state=failed&amp;span=7d\"")
                .doesNotContain("<script");
        Person.Answer in = stranger.form(
                "/login", Map.of("name", " Ada ", "password", PASSWORD, "next", "/runs?state=failed&span=7d"));
        assertThat(in.status()).isEqualTo(303);
        assertThat(in.header("Location")).endsWith("/runs?state=failed&span=7d");
        for (String elsewhere : List.of("https://evil.example/", "//evil.example/", "/\\evil.example", "", "/login")) {
            assertThat(stranger.form("/login", Map.of("name", "ada", "password", PASSWORD, "next", elsewhere))
                            .header("Location"))
                    .as(elsewhere)
                    .isIn("/", server.url() + "/");
        }
    }

    @Test
    void the_cookie_is_for_no_script_and_no_other_site_and_is_kept_as_a_digest() throws Exception {
        user("ada", "admin");
        Person.Answer in = Person.unknown(server).login("ada", PASSWORD);
        String cookie = in.setCookies().get(0);
        assertThat(cookie)
                .contains("HttpOnly")
                .contains("SameSite=Lax")
                .contains("Path=/")
                .doesNotContain("Expires");
        assertThat(Person.withCookie(server, in.cookie()).get("/").body())
                .contains("ada")
                .contains("Log out");

        String value = in.cookie().substring(in.cookie().indexOf('=') + 1);
        assertThat(value).hasSizeGreaterThan(40);
        server.close();
        for (var file : Files.list(folder).filter(Files::isRegularFile).toList()) {
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .as(file.toString())
                    .doesNotContain(value)
                    .doesNotContain(PASSWORD);
        }
    }

    @Test
    void a_form_of_another_site_is_refused_and_so_is_its_login() throws Exception {
        user("ada", "admin");
        Person ada = person("ada");
        String cookie = Person.unknown(server).login("ada", PASSWORD).cookie();
        for (String origin : List.of("http://evil.example", "null")) {
            for (String path : List.of("/queues/limit", "/logout", "/users/remove", "/login")) {
                HttpResponse<String> refused = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(server.url() + path))
                                        .header("Cookie", cookie)
                                        .header("Origin", origin)
                                        .header("Content-Type", "application/x-www-form-urlencoded")
                                        .POST(HttpRequest.BodyPublishers.ofString("tag=a&limit=1"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
                assertThat(refused.statusCode()).as(path).isEqualTo(403);
            }
        }
        HttpResponse<String> login = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.url() + "/login"))
                                .header("Origin", "http://evil.example")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString("name=ada&password=correct+horse+battery"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(login.statusCode()).isEqualTo(403);
        assertThat(login.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(ada.form("/queues/limit", Map.of("tag", "a", "limit", "1")).status())
                .isEqualTo(303);
    }

    @Test
    void somebody_who_is_not_there_is_answered_like_somebody_whose_password_is_wrong() throws Exception {
        user("ada", "admin");
        user("bob", "viewer");
        owner.json("PATCH", "/api/users/bob", "{\"active\": false}");
        Person stranger = Person.unknown(server);
        Person.Answer wrong = stranger.login("ada", "not that password");
        Person.Answer unknown = stranger.login("nobody", "not that password");
        Person.Answer disabled = stranger.login("bob", PASSWORD);

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.body()).contains(WRONG);
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.body()).isEqualTo(wrong.body().replace("value=\"ada\"", "value=\"nobody\""));
        assertThat(disabled.body()).isEqualTo(wrong.body().replace("value=\"ada\"", "value=\"bob\""));
        assertThat(wrong.setCookies()).isEmpty();

        // Without the same work the answer would come a hundred times sooner.
        long there = Long.MAX_VALUE;
        long not = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            there = Math.min(there, time(stranger, "ada"));
            not = Math.min(not, time(stranger, "nobody"));
        }
        assertThat((double) not / there).as(not + " ns and " + there + " ns").isBetween(0.3, 3.0);
    }

    private static long time(Person who, String name) throws Exception {
        long began = System.nanoTime();
        who.login(name, "not that password");
        return System.nanoTime() - began;
    }

    @Test
    void after_ten_wrong_passwords_even_the_right_one_waits() throws Exception {
        user("ada", "admin");
        user("bob", "viewer");
        Person stranger = Person.unknown(server);
        for (int i = 0; i < 10; i++) {
            assertThat(stranger.login("ada", "guess number " + i).status()).isEqualTo(401);
        }
        Person.Answer late = stranger.login("ADA", PASSWORD);
        assertThat(late.status()).isEqualTo(429);
        assertThat(late.body()).contains("There were too many attempts. Try again in 15 minutes.");
        assertThat(Integer.parseInt(late.header("Retry-After"))).isBetween(800, 901);
        assertThat(late.setCookies()).isEmpty();
        assertThat(stranger.login("bob", PASSWORD).status()).isEqualTo(303);
        for (int i = 0; i < 10; i++) {
            assertThat(stranger.login("nobody", "guess number " + i).status()).isEqualTo(401);
        }
        assertThat(stranger.login("nobody", PASSWORD).status()).isEqualTo(429);
    }

    @Test
    void an_address_that_tries_many_names_waits_too() throws Exception {
        user("ada", "admin");
        Person stranger = Person.unknown(server);
        for (int i = 0; i < 30; i++) {
            assertThat(stranger.login("name" + i, "guess").status()).isEqualTo(401);
        }
        assertThat(stranger.login("ada", PASSWORD).status()).isEqualTo(429);
        stranger.login("ada", PASSWORD);
        int told = owner.get("/api/audit?limit=1000").body().split("too many attempts", -1).length - 1;
        assertThat(told).as("lines of attempts that were not looked at").isEqualTo(1);
    }

    @Test
    void logging_in_all_day_is_no_attack() throws Exception {
        user("ada", "admin");
        Person stranger = Person.unknown(server);
        for (int i = 0; i < 31; i++) {
            assertThat(stranger.login("ada", PASSWORD).status())
                    .as("login " + i)
                    .isEqualTo(303);
        }
    }

    @Test
    void a_session_ends_at_logout_and_the_browser_forgets_it() throws Exception {
        user("ada", "admin");
        Person ada = person("ada");
        Person.Answer out = ada.form("/logout", Map.of());

        assertThat(out.status()).isEqualTo(303);
        assertThat(out.setCookies())
                .anyMatch(each -> each.startsWith("dagshell-session=;") && each.contains("Expires=Thu, 01 Jan 1970"));
        assertThat(ada.get("/runs").status()).isEqualTo(303);
        assertThat(ada.get("/api/runs").status()).isEqualTo(401);
    }

    @Test
    void sessions_end_when_the_password_changes_and_when_the_user_is_disabled_or_deleted() throws Exception {
        user("ada", "admin");
        user("bob", "operator");
        Person one = person("bob");
        Person other = person("bob");
        assertThat(one.form(
                                "/account/password",
                                Map.of("password", "wrong", "fresh", PASSWORD + "!", "again", PASSWORD + "!"))
                        .body())
                .contains("That is not the password you have now");
        assertThat(one.form(
                                "/account/password",
                                Map.of("password", PASSWORD, "fresh", PASSWORD + "!", "again", PASSWORD))
                        .body())
                .contains("not twice the same");
        assertThat(one.form("/account/password", Map.of("password", PASSWORD, "fresh", "short", "again", "short"))
                        .body())
                .contains("A password has 12 characters or more.");
        assertThat(one.form(
                                "/account/password",
                                Map.of("password", PASSWORD, "fresh", PASSWORD + "!", "again", PASSWORD + "!"))
                        .status())
                .isEqualTo(303);
        assertThat(one.get("/api/runs").status()).isEqualTo(401);
        assertThat(other.get("/api/runs").status()).isEqualTo(401);
        assertThat(Person.unknown(server).login("bob", PASSWORD).status()).isEqualTo(401);

        Person bob = Person.loggedIn(server, "bob", PASSWORD + "!");
        owner.json("PATCH", "/api/users/bob", "{\"active\": false}");
        assertThat(bob.get("/api/runs").status()).isEqualTo(401);
        owner.json("PATCH", "/api/users/bob", "{\"active\": true}");
        assertThat(bob.get("/api/runs").status()).isEqualTo(401);

        Person again = Person.loggedIn(server, "bob", PASSWORD + "!");
        assertThat(owner.delete("/api/users/bob").status()).isEqualTo(204);
        assertThat(again.get("/api/runs").status()).isEqualTo(401);
    }

    @Test
    void a_page_that_asks_for_a_part_of_itself_goes_to_the_login_as_a_whole() throws Exception {
        user("ada", "admin");
        Person ada = person("ada");
        ada.form("/logout", Map.of());
        Person.Answer part = ada.get("/runs/live", "HX-Request", "true");
        assertThat(part.status()).isEqualTo(401);
        assertThat(part.header("HX-Redirect")).isEqualTo("/login");
    }

    @Test
    void a_stream_of_events_ends_when_its_session_does() throws Exception {
        user("ada", "admin");
        Person ada = person("ada");
        try (BufferedReader events =
                new BufferedReader(new InputStreamReader(ada.stream("/api/events"), StandardCharsets.UTF_8))) {
            assertThat(events.readLine()).startsWith("retry:");
            ada.form("/logout", Map.of());
            String line = events.readLine();
            // A stream that goes on says so every few seconds.
            for (int i = 0; i < 12 && line != null; i++) {
                line = events.readLine();
            }
            assertThat(line).as("a line after the session's end").isNull();
        }
    }

    @Test
    void a_session_lasts_as_long_as_the_server_is_told() throws Exception {
        user("ada", "admin");
        String cookie = Person.unknown(server).login("ada", PASSWORD).cookie();
        try (Database database = Database.file(home.database());
                var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(
                    "update sessions set seen_at = seen_at - 7200000000, created_at = created_at - 7200000000");
        }
        assertThat(Person.withCookie(server, cookie).get("/api/runs").status()).isEqualTo(200);
        ServerSettings strict =
                ServerSettings.local(0).withSessions(new Session.Limits(Duration.ofHours(1), Duration.ofDays(1)));
        try (Database database = Database.file(home.database());
                var connection = database.connect();
                var statement = connection.createStatement();
                Server other = Server.start(strict, home)) {
            statement.execute("update sessions set seen_at = seen_at - 7200000000");
            assertThat(Person.withCookie(other, cookie).get("/api/runs").status())
                    .isEqualTo(401);
        }
    }
}
