package io.dagshell.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.home.Home;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server, its token, and the words tests of access need. */
abstract class AccessFixture {
    static final String PASSWORD = "correct horse battery";

    @TempDir
    Path folder;

    Home home;
    Server server;
    Person owner;

    @BeforeEach
    void start() throws Exception {
        home = new Home(folder, folder.resolve("cache"));
        server = Server.start(ServerSettings.local(0), home);
        owner = Person.withToken(server, ServerFile.read(home).orElseThrow().token());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    void user(String name, String role) throws Exception {
        Person.Answer added = owner.json(
                "POST",
                "/api/users",
                "{\"name\": \"" + name + "\", \"role\": \"" + role + "\", \"password\": \"" + PASSWORD + "\"}");
        assertThat(added.status()).as(added.body()).isEqualTo(201);
    }

    String token(String name, String role) throws Exception {
        Person.Answer made = owner.json(
                "POST",
                "/api/tokens",
                "{\"name\": \"" + name + "\", \"role\": \"" + role + "\", \"expiresIn\": \"P90D\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().path("token").asText();
    }

    Person person(String name) throws Exception {
        return Person.loggedIn(server, name, PASSWORD);
    }
}
