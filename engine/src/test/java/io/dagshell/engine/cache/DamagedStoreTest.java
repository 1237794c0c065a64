package io.dagshell.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.dagshell.engine.value.Digest;
import io.dagshell.engine.value.StandardCodecs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A truncated entry crashed the cell (marimo), a tampered one ran code (marimo, joblib), two writers tore one (joblib #490). */
final class DamagedStoreTest {
    private static final byte[] LARGE = "0123456789".repeat(200_000).getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private final List<String> reports = new ArrayList<>();
    private final Asking fetch = Asking.task("fetch").returning(byte[].class);

    @BeforeEach
    void storeOne() {
        fetch.computed(open(), LARGE);
    }

    /** A session of its own: nothing is remembered. */
    private FileResultCache open() {
        return FileResultCache.open(
                folder,
                StandardCodecs.with(),
                new Tick(),
                CacheSettings.defaults().withReport(reports::add));
    }

    private interface Damage {
        void to(Path file) throws IOException;
    }

    static Stream<Arguments> damages() {
        Damage truncated = file -> Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 20));
        Damage emptied = file -> Files.write(file, new byte[0]);
        Damage flipped = file -> {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length - 5] ^= 1;
            Files.write(file, bytes);
        };
        Damage grown = file -> Files.writeString(file, " ", StandardOpenOption.APPEND);
        Damage garbage = file -> Files.write(file, new byte[] {0, 1, 2, 3});
        return Stream.of("blobs", "actions")
                .flatMap(part -> Stream.of(
                        arguments(part, "truncated", truncated),
                        arguments(part, "emptied", emptied),
                        arguments(part, "flipped", flipped),
                        arguments(part, "grown", grown),
                        arguments(part, "garbage", garbage)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("damages")
    void a_damaged_entry_is_a_miss_moved_aside_reported_and_computed_anew(String part, String how, Damage damage)
            throws IOException {
        damage.to(only(part));
        FileResultCache cache = open();

        assertThat(fetch.computed(cache, LARGE)).isEqualTo("stored result was damaged");

        assertThat(reports).hasSize(1);
        assertThat(reports.get(0))
                .startsWith("a stored result of fetch cannot be used")
                .contains("damaged");
        assertThat(folder.resolve("quarantine")).isNotEmptyDirectory();
        assertThat(fetch.hit(cache).value()).isEqualTo(LARGE);
        assertThat(fetch.hit(open()).value()).isEqualTo(LARGE);
    }

    @Test
    void damage_done_after_a_hit_is_seen_by_the_same_session() throws IOException {
        FileResultCache cache = open();
        fetch.hit(cache);
        try (FileChannel channel = FileChannel.open(only("blobs"), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {'x'}), 1_000);
        }

        assertThat(fetch.computed(cache, LARGE)).isEqualTo("stored result was damaged");
    }

    @Test
    void a_missing_blob_is_a_miss() throws IOException {
        Files.delete(only("blobs"));

        assertThat(fetch.computed(open(), LARGE)).isEqualTo("stored result was damaged");
        assertThat(fetch.hit(open()).value()).isEqualTo(LARGE);
    }

    @Test
    void an_entry_under_the_name_of_another_key_is_a_miss() throws IOException {
        Asking other = fetch.argument("month", int.class, 1);
        ResultCache.Answer.Compute asked = (ResultCache.Answer.Compute) other.in(open());
        asked.ticket().close();
        Files.copy(only("actions"), only("actions").resolveSibling(asked.key() + ".json"));

        assertThat(other.computed(open(), LARGE)).isEqualTo("stored result was damaged");
        assertThat(reports.toString()).contains("belongs to another key");
    }

    @Test
    void an_entry_whose_parts_were_changed_is_a_miss_though_its_checksum_was_mended() throws IOException {
        Path record = only("actions");
        String[] lines = Files.readString(record).split("\n", 2);
        String body = lines[1].replace("\"kind\":\"task\"", "\"kind\":\"tusk\"");
        String sha = Digest.of(Digest.sha256().digest(body.getBytes(StandardCharsets.UTF_8)))
                .hex();
        Files.writeString(record, "dagshell-result 1 " + sha + "\n" + body);

        assertThat(fetch.computed(open(), LARGE)).isEqualTo("stored result was damaged");
    }

    @Test
    void a_folder_where_nothing_can_be_written_is_said_in_words() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        FileResultCache cache = FileResultCache.open(
                file.resolve("results"), StandardCodecs.with(), new Tick(), CacheSettings.defaults());

        assertThat(fetch.refused(cache)).contains("cannot use").contains("file");
    }

    @Test
    void a_full_disk_is_said_in_words_and_leaves_no_part_of_the_entry() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        Path place = folder.resolve("full");
        AtomicFiles atomic =
                new AtomicFiles(place.resolve("tmp"), draft -> FileChannel.open(full, StandardOpenOption.WRITE));
        FileResultCache cache =
                FileResultCache.open(place, StandardCodecs.with(), new Tick(), CacheSettings.defaults(), atomic);
        ResultCache.Answer.Compute compute = (ResultCache.Answer.Compute) fetch.in(cache);

        assertThat(compute.ticket().store(LARGE, Duration.ZERO, List.of())).contains("the cache's disk is full");

        compute.ticket().close();
        try (Stream<Path> all = Files.walk(place)) {
            assertThat(all.filter(Files::isRegularFile)
                            .filter(each -> !each.startsWith(place.resolve("consulted")))
                            .map(Path::getFileName)
                            .map(Path::toString))
                    .containsOnly("locks");
        }
        ((ResultCache.Answer.Compute) fetch.in(cache)).ticket().close();
    }

    private Path only(String part) throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve(part))) {
            List<Path> files = all.filter(Files::isRegularFile).toList();
            assertThat(files).hasSize(1);
            return files.get(0);
        }
    }
}
