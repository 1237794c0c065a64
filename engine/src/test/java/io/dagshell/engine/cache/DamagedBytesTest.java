package io.dagshell.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.value.Codecs;
import io.dagshell.engine.value.Digest;
import io.dagshell.engine.value.Sha256Sink;
import io.dagshell.engine.value.Sources;
import io.dagshell.engine.value.StandardCodecs;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens to the bytes of an entry, there is never a wrong value and never an exception. By default at some
 * places of each file, with {@code -Ddagshell.faults=all} at every one.
 */
final class DamagedBytesTest {
    private static final boolean EVERYWHERE =
            System.getProperty("dagshell.faults", "").equals("all");
    private static final int SAMPLE = 6;
    private static final Codecs CODECS = StandardCodecs.with();

    @TempDir
    Path folder;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    static Stream<SmallEntries.Small> entries() {
        return SmallEntries.all();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void a_flipped_byte_never_gives_a_wrong_value(SmallEntries.Small small) throws IOException {
        Map<Path, byte[]> files = stored(small);
        for (Path file : files.keySet()) {
            byte[] whole = Files.readAllBytes(file);
            for (int place : places(whole.length)) {
                byte[] flipped = whole.clone();
                flipped[place] ^= (byte) (1 + random.nextInt(255));
                Files.write(file, flipped);
                assertThatItIsAMiss(small, "flipped at " + place + " of " + file);
                restore(files);
            }
        }
        assertThatItIsThere(small);
    }

    @ParameterizedTest
    @MethodSource("entries")
    void a_truncated_file_never_gives_a_wrong_value(SmallEntries.Small small) throws IOException {
        Map<Path, byte[]> files = stored(small);
        for (Path file : files.keySet()) {
            byte[] whole = Files.readAllBytes(file);
            for (int length : places(whole.length)) {
                Files.write(file, Arrays.copyOf(whole, length));
                assertThatItIsAMiss(small, "cut to " + length + " of " + file);
                restore(files);
            }
        }
        assertThatItIsThere(small);
    }

    /** A forger can store another value of the type until entries are signed, but nothing else. */
    @ParameterizedTest
    @MethodSource("entries")
    void changed_content_under_a_mended_checksum_is_a_value_of_the_type_or_a_miss(SmallEntries.Small small)
            throws IOException {
        Path file = stored(small).keySet().iterator().next();
        String body = Files.readString(file).split("\n", 2)[1];
        int start = body.indexOf("\"content\"");
        for (int place : places(body.length() - start)) {
            char[] changed = body.toCharArray();
            changed[start + place] = "0-9\"[]{},:aZ\\".charAt(random.nextInt(13));
            byte[] bytes = new String(changed).getBytes(StandardCharsets.UTF_8);
            Files.writeString(
                    file, "dagshell-result 1 " + Digest.of(Digest.sha256().digest(bytes)) + "\n" + new String(changed));
            ResultCache.Answer answer = asking(small).in(open());
            if (answer instanceof ResultCache.Answer.Hit hit) {
                assertThatItIsOfItsType(hit.value(), small.type());
            } else {
                ((ResultCache.Answer.Compute) answer).ticket().close();
            }
        }
    }

    private static void assertThatItIsOfItsType(@Nullable Object value, Type type) {
        CODECS.digest(value, type, Sha256Sink.create(Sources.local()));
    }

    private void assertThatItIsAMiss(SmallEntries.Small small, String what) {
        ResultCache.Answer answer = asking(small).in(open());
        assertThat(answer).as(what + ", seed " + seed).isInstanceOf(ResultCache.Answer.Compute.class);
        ((ResultCache.Answer.Compute) answer).ticket().close();
    }

    private void assertThatItIsThere(SmallEntries.Small small) {
        Object value = asking(small).hit(open()).value();
        Sha256Sink expected = Sha256Sink.create(Sources.local());
        CODECS.digest(small.value(), small.type(), expected);
        Sha256Sink found = Sha256Sink.create(Sources.local());
        CODECS.digest(value, small.type(), found);
        assertThat(found.finish()).isEqualTo(expected.finish());
    }

    /** The bytes of the record and then of its blobs. */
    private Map<Path, byte[]> stored(SmallEntries.Small small) throws IOException {
        asking(small).computed(open(), small.value());
        Map<Path, byte[]> files = new LinkedHashMap<>();
        for (String part : List.of("actions", "blobs")) {
            for (FileListing.Item file : FileListing.below(folder.resolve(part), Integer.MAX_VALUE)) {
                files.put(file.path(), Files.readAllBytes(file.path()));
            }
        }
        return files;
    }

    /** What was damaged has been moved aside, the record of a damaged blob too. */
    private static void restore(Map<Path, byte[]> files) throws IOException {
        for (Map.Entry<Path, byte[]> file : files.entrySet()) {
            Files.write(file.getKey(), file.getValue());
        }
    }

    private int[] places(int length) {
        return EVERYWHERE
                ? IntStream.range(0, length).toArray()
                : random.ints(Math.min(SAMPLE, length), 0, length).toArray();
    }

    private static Asking asking(SmallEntries.Small small) {
        return Asking.task("small").returning(Objects.requireNonNull(small.type()));
    }

    private FileResultCache open() {
        return FileResultCache.open(
                folder,
                CODECS,
                new Tick(),
                CacheSettings.defaults()
                        .withEnvironment(() -> SharedWork.ENVIRONMENT)
                        .withReport(sentence -> {}));
    }
}
