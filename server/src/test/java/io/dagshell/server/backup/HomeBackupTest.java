package io.dagshell.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.deploy.DependencyLock;
import io.dagshell.engine.deploy.DependencyLock.Entry;
import io.dagshell.engine.deploy.DependencyLock.Role;
import io.dagshell.engine.deploy.LibraryStore;
import io.dagshell.engine.home.Home;
import io.dagshell.engine.model.TaskName;
import io.dagshell.server.ServerFile;
import io.dagshell.store.Database;
import io.dagshell.store.LocalBlocks;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.DeploymentSpec;
import io.dagshell.store.orchestration.FolderFiles;
import io.dagshell.store.orchestration.Orchestration;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeBackupTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-02T10:00:00Z"), ZoneOffset.UTC);
    private static final DeploymentName NIGHTLY = new DeploymentName("Nightly");
    private static final BlockName LAKE = new BlockName("lake");

    @TempDir
    Path folder;

    private Home home;
    private Path file;
    private Path key;
    private Entry jar;

    /** A home with a deployment, its library, a block and a token. */
    @BeforeEach
    void live() throws Exception {
        home = home("first");
        file = folder.resolve("night.zip");
        key = folder.resolve("night.zip.key");
        Path library = Files.write(folder.resolve("small.jar"), "a jar".getBytes(StandardCharsets.UTF_8));
        jar = new LibraryStore(home.libraries()).add(library, Role.USER, "org.example:small:1");
        LocalBlocks.open(home.blocks()).set(LAKE, "secret", Map.of("value", "hush-1234"));
        ServerFile.keepToken(home, "a-token");
        try (Database database = Database.file(home.database())) {
            deploy(database);
        }
    }

    private Home home(String name) {
        Path data = folder.resolve(name);
        return new Home(data, data.resolve("cache"));
    }

    private void deploy(Database database) {
        FolderFiles files = FolderFiles.of(Map.of(
                FolderFiles.YAML, "name: Nightly\n".getBytes(StandardCharsets.UTF_8),
                FolderFiles.MANIFEST, "{\"format\":1}".getBytes(StandardCharsets.UTF_8),
                FolderFiles.JAR, new byte[] {0, 1, -1},
                FolderFiles.LOCK, new DependencyLock(List.of(jar)).text().getBytes(StandardCharsets.UTF_8)));
        Orchestration.of(database)
                .deployments()
                .apply(DeploymentSpec.of(NIGHTLY, new TaskName("nightly"), 17, files), false);
    }

    private HomeBackup.Report back() throws Exception {
        try (Database database = Database.file(home.database())) {
            return HomeBackup.write(database, home, file, key, CLOCK);
        }
    }

    private List<String> restore(Home into, Database database, Optional<Path> opening, boolean blocks)
            throws Exception {
        try (BackupFile backup = BackupFile.open(file)) {
            return new HomeRestore(into, database, opening, blocks, CLOCK).from(backup);
        }
    }

    @Test
    void a_home_comes_back_as_it_was_in_an_empty_one() throws Exception {
        HomeBackup.Report report = back();
        Home other = home("second");
        try (Database database = Database.file(other.database())) {
            assertThat(restore(other, database, Optional.of(key), true)).isEmpty();

            assertThat(Orchestration.of(database).deployments().list()).hasSize(1);
        }
        assertThat(report.lacking()).isEmpty();
        assertThat(LocalBlocks.open(other.blocks()).find(LAKE).orElseThrow().fields())
                .containsEntry("value", "hush-1234");
        assertThat(new LibraryStore(other.libraries()).find(jar)).hasContent("a jar");
        assertThat(ServerFile.read(other).orElseThrow().token()).isEqualTo("a-token");
    }

    @Test
    void a_home_moves_into_postgresql_and_back() throws Exception {
        back();
        Home other = home("second");
        Path onward = folder.resolve("onward.zip");
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .start();
                Database postgres = Database.at("postgresql://postgres@127.0.0.1:" + server.getPort() + "/postgres")) {
            restore(other, postgres, Optional.of(key), true);
            ByteArrayOutputStream kept = new ByteArrayOutputStream();
            assertThat(Orchestration.of(postgres).libraries().write(jar.sha256(), kept))
                    .isTrue();
            assertThat(kept.toString(StandardCharsets.UTF_8)).isEqualTo("a jar");
            // Another server of the database: the jar is in the database, and not in its home.
            HomeBackup.write(postgres, home("third"), onward, folder.resolve("onward.key"), CLOCK);
        }
        file = onward;
        Home last = home("fourth");
        try (Database database = Database.file(last.database())) {
            restore(last, database, Optional.empty(), true);

            assertThat(Orchestration.of(database).deployments().list()).hasSize(1);
        }
        assertThat(new LibraryStore(last.libraries()).find(jar)).hasContent("a jar");
    }

    @Test
    void neither_secrets_nor_what_opens_them_are_in_the_backup() throws Exception {
        back();
        byte[] opening = Files.readAllBytes(home.blocks().resolveSibling("blocks.key"));
        try (BackupFile backup = BackupFile.open(file)) {
            for (String part : backup.contents().parts().keySet()) {
                byte[] content = backup.read(part).readAllBytes();
                String text = new String(content, StandardCharsets.ISO_8859_1);
                assertThat(text)
                        .doesNotContain("hush-1234", "a-token", new String(opening, StandardCharsets.ISO_8859_1));
            }
            assertThat(backup.contents().hasBlocks()).isTrue();
        }
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        assertThat(Files.getPosixFilePermissions(key)).hasSize(2);
    }

    @Test
    void blocks_are_not_restored_without_what_opens_them() throws Exception {
        back();
        Home other = home("second");
        try (Database database = Database.file(other.database())) {
            assertThatThrownBy(() -> restore(other, database, Optional.empty(), true))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("--key")
                    .hasMessageContaining("--without-blocks");
            assertThat(database.version()).isEmpty();

            restore(other, database, Optional.empty(), false);
        }
        assertThat(Files.exists(other.blocks())).isFalse();
    }

    @Test
    void the_key_of_other_blocks_is_refused() throws Exception {
        back();
        Home other = home("second");
        LocalBlocks.open(other.blocks()).set(LAKE, "secret", Map.of("value", "another"));
        try (Database database = Database.file(other.database())) {
            Path wrong = folder.resolve("wrong.key");
            Orchestration.of(database).deployments().list();
            HomeBackup.write(database, other, folder.resolve("other.zip"), wrong, CLOCK);

            assertThatThrownBy(() -> restore(home("third"), database, Optional.of(wrong), true))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("is of other blocks");
        }
    }

    @Test
    void what_is_replaced_is_kept() throws Exception {
        back();
        LocalBlocks.open(home.blocks()).set(LAKE, "secret", Map.of("value", "newer"));
        try (Database database = Database.file(home.database())) {
            HomeRestore restore = new HomeRestore(home, database, Optional.of(key), true, CLOCK);
            assertThat(restore.isThereSomething()).isTrue();

            assertThat(restore(home, database, Optional.of(key), true))
                    .containsExactlyInAnyOrder(
                            home.database() + ".replaced-20260302-100000",
                            home.blocks() + ".replaced-20260302-100000",
                            home.blocks() + ".key.replaced-20260302-100000");
        }
        assertThat(LocalBlocks.open(home.blocks()).find(LAKE).orElseThrow().fields())
                .containsEntry("value", "hush-1234");
    }

    @Test
    void a_library_that_is_nowhere_is_told_and_the_rest_is_kept() throws Exception {
        Files.delete(new LibraryStore(home.libraries()).find(jar));

        assertThat(back().lacking()).containsExactly("small.jar");
        assertThat(BackupFile.open(file).contents().libraries()).isZero();
    }

    @Test
    void a_backup_that_is_cut_off_anywhere_is_refused() throws Exception {
        back();
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 13) {
            Files.write(file, Arrays.copyOf(whole, length));

            assertThatThrownBy(() -> BackupFile.open(file)).isInstanceOf(BackupException.class);
        }
    }

    @Test
    void no_changed_byte_of_a_backup_is_restored() throws Exception {
        back();
        byte[] whole = Files.readAllBytes(file);
        Contents contents = BackupFile.open(file).contents();
        int refused = 0;
        Random random = new Random(11);
        for (int place = 0; place < whole.length; place += 3) {
            byte[] changed = whole.clone();
            changed[place] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, changed);
            try (BackupFile backup = BackupFile.open(file)) {
                // A time of the ZIP's own, say, which nothing reads.
                assertThat(backup.contents()).as("byte %d", place).isEqualTo(contents);
            } catch (BackupException damaged) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(whole.length / 3 / 2);
    }

    /** The ZIP's own sums are right then: whoever changed it has packed it anew. */
    @Test
    void a_part_that_somebody_changed_and_packed_again_is_refused_by_its_name() throws Exception {
        back();
        Path packed = folder.resolve("packed.zip");
        String changed = "";
        try (ZipFile zip = new ZipFile(file.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(packed))) {
            for (ZipEntry part : zip.stream().toList()) {
                byte[] content = zip.getInputStream(part).readAllBytes();
                if (changed.isEmpty() && content.length > 0 && !part.getName().startsWith("manifest")) {
                    changed = part.getName();
                    content[content.length / 2] ^= 1;
                }
                out.putNextEntry(new ZipEntry(part.getName()));
                out.write(content);
            }
        }

        assertThat(changed).isNotEmpty();
        assertThatThrownBy(() -> BackupFile.open(packed))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("was changed");
    }

    @Test
    void nothing_half_written_is_left() throws Exception {
        back();
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Path there = Files.createDirectory(closed.resolve("night.zip"));
        Files.writeString(there.resolve("in the way"), "");
        try (Database database = Database.file(home.database())) {
            assertThatThrownBy(() -> HomeBackup.write(database, home, there, folder.resolve("k"), CLOCK))
                    .hasMessageStartingWith("The backup " + there + " could not be written: ");
        }
        try (Stream<Path> left = Files.list(closed)) {
            assertThat(left).containsExactly(there);
        }
    }
}
