package io.dagshell.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.value.StandardCodecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two machines, each with a cache of its own, and a folder behind both. */
final class SharedResultsTest {
    private static final byte[] LARGE = new byte[100_000];

    @TempDir
    Path disk;

    private final Tick clock = new Tick();
    private final List<String> reports = new ArrayList<>();
    private final Asking fetch = Asking.task("fetch").returning(byte[].class);
    private Path shared;

    @BeforeEach
    void share() throws IOException {
        shared = Files.createDirectory(disk.resolve("shared"));
        Files.writeString(disk.resolve("key"), "ab".repeat(32));
    }

    private FileResultCache machine(String name, String key, boolean mayWrite) throws IOException {
        CacheSettings.Shared behind =
                new CacheSettings.Shared(new SharedFolder(shared), SigningKey.of(disk.resolve(key)), mayWrite);
        return FileResultCache.open(
                disk.resolve(name),
                StandardCodecs.with(),
                clock,
                CacheSettings.defaults()
                        .withEnvironment(() -> SharedWork.ENVIRONMENT)
                        .withReport(reports::add)
                        .withShared(behind));
    }

    private FileResultCache writer() throws IOException {
        return machine("writer", "key", true);
    }

    private FileResultCache reader() throws IOException {
        return machine("reader", "key", false);
    }

    private List<Path> sharedFiles() throws IOException {
        return FileListing.below(shared, Integer.MAX_VALUE).stream()
                .map(FileListing.Item::path)
                .toList();
    }

    private Path record() throws IOException {
        return sharedFiles().stream()
                .filter(each -> each.startsWith(shared.resolve("results")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_one_machine_computed_is_a_hit_on_another_and_stays_there() throws IOException {
        fetch.computed(writer(), LARGE);
        FileResultCache reader = reader();

        assertThat(fetch.hit(reader).value()).isEqualTo(LARGE);

        for (Path each : sharedFiles()) {
            Files.delete(each);
        }
        assertThat(fetch.hit(reader()).value()).isEqualTo(LARGE);
        assertThat(reports).isEmpty();
    }

    @Test
    void only_a_run_that_may_writes_there() throws IOException {
        fetch.computed(reader(), LARGE);

        assertThat(sharedFiles()).isEmpty();
    }

    @Test
    void an_entry_signed_with_another_key_is_a_miss_and_said_once() throws IOException {
        fetch.computed(machine("stranger", "other.key", true), LARGE);
        FileResultCache reader = reader();

        assertThat(fetch.computed(reader, LARGE)).isEqualTo("first run");

        assertThat(reports).singleElement().asString().contains("not signed with the key in", "key", "fetch");
    }

    @Test
    void an_entry_without_signature_is_a_miss() throws IOException {
        fetch.computed(machine("plain", "key", true), LARGE);
        byte[] bytes = Files.readAllBytes(record());
        int line = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf('\n');
        Files.write(record(), Arrays.copyOfRange(bytes, line + 1, bytes.length));

        assertThat(fetch.computed(reader(), LARGE)).isEqualTo("first run");
        assertThat(reports).hasSize(1);
    }

    @Test
    void every_change_of_a_record_or_blob_there_is_a_miss_here() throws IOException {
        fetch.computed(writer(), LARGE);
        int number = 0;
        for (Path file : sharedFiles()) {
            byte[] whole = Files.readAllBytes(file);
            for (int place = 0; place < whole.length; place += whole.length / 10) {
                byte[] changed = whole.clone();
                changed[place] ^= 1;
                Files.write(file, changed);
                assertThat(fetch.computed(machine("reader" + number++, "key", false), LARGE))
                        .isEqualTo("first run");
            }
            Files.write(file, whole);
        }
        assertThat(fetch.hit(reader()).value()).isEqualTo(LARGE);
    }

    @Test
    void ages_count_there_as_they_do_here_and_a_newer_one_there_replaces_an_old_one_here() throws IOException {
        Asking daily = fetch.maxAge(Duration.ofDays(1));
        daily.computed(reader(), new byte[] {1});
        daily.computed(writer(), new byte[] {1});
        clock.forward(Duration.ofDays(2));
        assertThat(daily.in(reader())).isInstanceOfSatisfying(ResultCache.Answer.Compute.class, compute -> {
            assertThat(compute.reason()).startsWith("expired");
            compute.ticket().close();
        });

        daily.computed(writer(), new byte[] {2});

        assertThat(daily.hit(reader()).value()).isEqualTo(new byte[] {2});
    }

    @Test
    void a_refreshed_result_replaces_the_one_there() throws IOException {
        fetch.computed(writer(), new byte[] {1});
        fetch.refreshed().computed(writer(), new byte[] {2});

        assertThat(fetch.hit(reader()).value()).isEqualTo(new byte[] {2});
    }

    @Test
    void a_shared_place_that_is_gone_disturbs_no_task_and_is_said_once() throws IOException {
        FileResultCache writer = writer();
        Files.delete(shared);

        fetch.computed(writer, LARGE);
        fetch.refreshed().computed(writer, LARGE);

        assertThat(fetch.hit(writer).value()).isEqualTo(LARGE);
        assertThat(reports).hasSize(2);
        assertThat(shared).doesNotExist();
    }

    @Test
    void a_new_key_is_its_owners_only_and_the_same_for_all_who_ask() throws IOException {
        Path file = disk.resolve("home/shared-cache.key");

        String signature = SigningKey.of(file).sign(LARGE);

        assertThat(SigningKey.of(file).sign(LARGE)).isEqualTo(signature);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(SigningKey.of(file).toString()).isEqualTo(file.toString());
    }
}
