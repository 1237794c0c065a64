package io.dagshell.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.home.Home;
import io.dagshell.store.Database;
import io.dagshell.store.TestDatabases;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers of two homes on one PostgreSQL let in the same people and programs. */
class SharedAccessTest {
    @TempDir
    Path folder;

    private final String database = TestDatabases.postgres();
    private Server here;
    private Server there;
    private Person owner;

    @BeforeEach
    void start() throws Exception {
        here = server("here");
        there = server("there");
        owner = Person.withToken(here, token("here"));
        assertThat(owner.json(
                                "POST",
                                "/api/users",
                                "{\"name\": \"ada\", \"role\": \"admin\", \"password\": \"" + AccessFixture.PASSWORD
                                        + "\"}")
                        .status())
                .isEqualTo(201);
    }

    private Home home(String name) {
        return new Home(folder.resolve(name), folder.resolve(name + "-cache"));
    }

    private Server server(String name) throws IOException {
        return Server.start(ServerSettings.local(0), home(name), Database.at(database));
    }

    private String token(String name) throws IOException {
        return ServerFile.read(home(name)).orElseThrow().token();
    }

    @AfterEach
    void stop() throws IOException {
        here.close();
        there.close();
    }

    @Test
    void a_session_is_known_to_both_and_over_for_both() throws Exception {
        String cookie =
                Person.unknown(here).login("ada", AccessFixture.PASSWORD).cookie();
        assertThat(Person.withCookie(there, cookie).get("/api/users").status()).isEqualTo(200);

        Person.withCookie(there, cookie).form("/logout", Map.of());

        assertThat(Person.withCookie(here, cookie).get("/api/users").status()).isEqualTo(401);
    }

    @Test
    void a_token_is_known_to_both_and_revoked_for_both_and_the_log_is_one() throws Exception {
        String secret = owner.json("POST", "/api/tokens", "{\"name\": \"far\", \"role\": \"agent\"}")
                .json()
                .path("token")
                .asText();
        String poll = "{\"host\": \"h\", \"queues\": [\"default\"], \"jdks\": [17], \"most\": 1}";
        Person agent = Person.withToken(there, secret);
        assertThat(agent.json("POST", "/api/agents/far/poll", poll).status()).isEqualTo(200);

        Person.withToken(there, token("there")).delete("/api/tokens/far");

        assertThat(Person.withToken(here, secret)
                        .json("POST", "/api/agents/far/poll", poll)
                        .status())
                .isEqualTo(401);
        assertThat(Person.withToken(here, token("there")).get("/api/audit").status())
                .as("each home has a token of its own")
                .isEqualTo(401);
        assertThat(owner.get("/api/audit").body())
                .contains("token.revoke")
                .contains("token.create")
                .contains("token.use");
    }

    @Test
    void attempts_at_one_count_for_the_other() throws Exception {
        for (int i = 0; i < 5; i++) {
            Person.unknown(here).login("ada", "guess");
            Person.unknown(there).login("ada", "guess");
        }
        assertThat(Person.unknown(here).login("ada", AccessFixture.PASSWORD).status())
                .isEqualTo(429);
    }
}
