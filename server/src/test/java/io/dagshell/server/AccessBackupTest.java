package io.dagshell.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.home.Home;
import io.dagshell.server.backup.BackupFile;
import io.dagshell.server.backup.HomeBackup;
import io.dagshell.server.backup.HomeRestore;
import io.dagshell.store.Database;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** A backup has who may use a server, and lets nobody in by itself. */
class AccessBackupTest extends AccessFixture {
    @Test
    void users_tokens_and_the_audit_log_come_back_and_sessions_do_not() throws Exception {
        user("ada", "admin");
        String secret = token("ci", "operator");
        String cookie = Person.unknown(server).login("ada", PASSWORD).cookie();
        Path file = folder.resolve("night.zip");
        Path key = folder.resolve("night.zip.key");
        try (Database database = Database.file(home.database())) {
            HomeBackup.write(database, home, file, key, Clock.systemUTC());
        }
        Home other = new Home(folder.resolve("other"), folder.resolve("other-cache"));
        try (ZipFile parts = new ZipFile(file.toFile())) {
            for (ZipEntry part : Collections.list(parts.entries())) {
                assertThat(new String(parts.getInputStream(part).readAllBytes(), StandardCharsets.ISO_8859_1))
                        .as(part.getName())
                        .doesNotContain(PASSWORD)
                        .doesNotContain(secret)
                        .doesNotContain(cookie.substring(cookie.indexOf('=') + 1));
            }
        }
        try (Database database = Database.file(other.database());
                BackupFile backup = BackupFile.open(file)) {
            new HomeRestore(other, database, Optional.of(key), false, Clock.systemUTC()).from(backup);
        }
        try (Server restored = Server.start(ServerSettings.local(0), other)) {
            assertThat(Person.withCookie(restored, cookie).get("/api/runs").status())
                    .isEqualTo(401);
            assertThat(Person.withToken(restored, secret).get("/api/runs").status())
                    .isEqualTo(200);
            Person ada = Person.loggedIn(restored, "ada", PASSWORD);
            assertThat(ada.get("/api/audit").body()).contains("user.add").contains("token.create");
        }
    }
}
