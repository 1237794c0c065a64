package io.dagshell.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.value.StandardCodecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cache that grows without bound: nearly all of them. */
final class EvictionTest {
    private static final Duration PAUSE = Duration.ofMinutes(61);

    @TempDir
    Path folder;

    private final Tick clock = new Tick();
    private final AtomicReference<String> pinned = new AtomicReference<>("");
    private FileResultCache cache;

    @BeforeEach
    void open() {
        cache = open(25_000);
    }

    private FileResultCache open(long limit) {
        return FileResultCache.open(
                folder,
                StandardCodecs.with(),
                clock,
                CacheSettings.defaults().withSizeLimit(limit).withPinned(key -> key.equals(pinned.get())));
    }

    private static Asking task(int number) {
        return Asking.task("task").returning(byte[].class).argument("number", int.class, number);
    }

    private static byte[] value(int number) {
        byte[] bytes = new byte[10_000];
        bytes[0] = (byte) number;
        return bytes;
    }

    private void store(int number) {
        clock.forward(Duration.ofSeconds(1));
        task(number).computed(cache, value(number));
    }

    @Test
    void the_least_recently_hit_goes_first() throws IOException {
        store(1);
        store(2);
        clock.forward(Duration.ofSeconds(1));
        task(1).hit(cache);
        letBlobsAge();
        clock.forward(PAUSE);

        store(3);

        assertThat(task(1).hit(cache).value()).isEqualTo(value(1));
        assertThat(task(3).hit(cache).value()).isEqualTo(value(3));
        assertThat(blobs()).isEqualTo(2);
        assertThat(task(2).computed(cache, value(2))).isEqualTo("stored result was removed");
    }

    @Test
    void a_pinned_entry_stays() throws IOException {
        store(1);
        pinned.set(task(1).hit(cache).key());
        store(2);
        letBlobsAge();
        clock.forward(PAUSE);

        store(3);

        assertThat(task(1).hit(cache).value()).isEqualTo(value(1));
    }

    @Test
    void what_a_deployment_pins_stays_until_it_pins_others() throws IOException {
        store(1);
        cache.pin("etl.ipynb:ingest", List.of(task(1).hit(cache).key()));
        store(2);
        letBlobsAge();
        clock.forward(PAUSE);

        store(3);

        assertThat(task(1).hit(open(25_000)).value()).isEqualTo(value(1));
        cache.pin("etl.ipynb:ingest", List.of());
        clock.forward(Duration.ofSeconds(1));
        task(3).hit(cache);
        open(11_500).tidy();
        assertThat(task(1).in(open(25_000)))
                .isInstanceOfSatisfying(
                        ResultCache.Answer.Compute.class, gone -> gone.ticket().close());
    }

    @Test
    void a_blob_that_two_entries_share_stays_while_one_of_them_does() throws IOException {
        task(1).computed(cache, value(0));
        clock.forward(Duration.ofSeconds(1));
        task(2).computed(cache, value(0));
        letBlobsAge();
        clock.forward(PAUSE);

        store(3);

        assertThat(task(1).hit(cache).value()).isEqualTo(value(0));
        assertThat(task(2).hit(cache).value()).isEqualTo(value(0));
    }

    @Test
    void a_young_blob_nobody_names_yet_stays() throws IOException {
        Path orphan = folder.resolve("blobs/ab/" + "ab".repeat(32));
        Files.createDirectories(orphan.getParent());
        Files.write(orphan, new byte[10]);
        clock.forward(PAUSE);
        store(1);
        assertThat(orphan).exists();

        letBlobsAge();
        clock.forward(PAUSE);
        store(2);
        assertThat(orphan).doesNotExist();
    }

    @Test
    void a_large_cache_is_looked_at_once_an_hour_by_whoever_comes() throws IOException {
        Path orphan = folder.resolve("blobs/ab/" + "ab".repeat(32));
        Files.createDirectories(orphan.getParent());
        Files.write(orphan, new byte[10]);
        letBlobsAge();
        task(1).computed(open(Long.MAX_VALUE), value(1));
        task(2).computed(open(Long.MAX_VALUE), value(2));
        assertThat(orphan).exists();

        clock.forward(PAUSE);
        task(3).computed(open(Long.MAX_VALUE), value(3));

        assertThat(orphan).doesNotExist();
    }

    @Test
    void a_large_value_is_no_part_of_the_record() throws IOException {
        String[] words = new String[50_000];
        Arrays.fill(words, "word");
        Asking list = Asking.task("list").returning(String[].class);
        list.computed(open(Long.MAX_VALUE), words);

        try (Stream<Path> all = Files.walk(folder.resolve("actions"))) {
            assertThat(all.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(Files.size(file)).isLessThan(2_000));
        }
        assertThat(list.hit(open(Long.MAX_VALUE)).value()).isEqualTo(words);
    }

    @Test
    void tidying_while_others_add_and_remove_results_harms_none_that_stay() throws Exception {
        FileResultCache busy = open(Long.MAX_VALUE);
        task(1).computed(busy, value(1));
        letBlobsAge();
        AtomicBoolean enough = new AtomicBoolean();
        Thread churn = new Thread(() -> {
            for (int i = 2; !enough.get(); i++) {
                task(i).computed(busy, value(i % 100));
                String key = task(i).hit(busy).key();
                assertThat(folder.resolve("actions/task/" + key + ".json")
                                .toFile()
                                .delete())
                        .isTrue();
            }
        });
        churn.start();
        for (int i = 0; i < 200; i++) {
            assertThat(busy.tidy()).isZero();
        }
        enough.set(true);
        churn.join();

        assertThat(task(1).hit(busy).value()).isEqualTo(value(1));
    }

    private void letBlobsAge() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("blobs"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
            }
        }
    }

    private long blobs() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("blobs"))) {
            return all.filter(Files::isRegularFile).count();
        }
    }
}
