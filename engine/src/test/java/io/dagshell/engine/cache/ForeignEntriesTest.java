package io.dagshell.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.value.Digest;
import io.dagshell.engine.value.StandardCodecs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tampered entry executed code (marimo's and joblib's pickles). Here no entry names a class that is then loaded. */
final class ForeignEntriesTest {
    private static final AtomicBoolean EXECUTED = new AtomicBoolean();

    @TempDir
    Path folder;

    private final List<String> reports = new ArrayList<>();

    /** Does something when it is loaded or read. */
    static final class Trap implements Serializable {
        private static final long serialVersionUID = 1;

        static {
            EXECUTED.set(true);
        }

        private void readObject(ObjectInputStream in) {
            EXECUTED.set(true);
        }
    }

    sealed interface Shape permits Circle {}

    record Circle(double radius) implements Shape {}

    enum Dot {
        DOT
    }

    private FileResultCache open() {
        return FileResultCache.open(
                folder,
                StandardCodecs.with(),
                new Tick(),
                CacheSettings.defaults()
                        .withEnvironment(() -> SharedWork.ENVIRONMENT)
                        .withReport(reports::add));
    }

    private Path record(Asking asking, Object value) throws IOException {
        asking.computed(open(), value);
        return FileListing.below(folder.resolve("actions"), 1).get(0).path();
    }

    @Test
    void a_serialized_object_in_place_of_a_record_is_not_read() throws IOException {
        Asking text = Asking.task("text");
        Path record = record(text, "x");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Trap());
        }
        EXECUTED.set(false);
        Files.write(record, bytes.toByteArray());

        assertThat(text.computed(open(), "y")).isEqualTo("stored result was damaged");
        assertThat(EXECUTED).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"@class\":\"TRAP\"}", "\u0080\u0004\u0095 a pickle", "[[[[[["})
    void other_bytes_under_a_mended_checksum_are_a_miss(String body) throws IOException {
        Asking text = Asking.task("text");
        Path record = record(text, "x");
        seal(record, body.replace("TRAP", Trap.class.getName()));

        assertThat(text.computed(open(), "y")).isEqualTo("stored result was damaged");
        assertThat(reports).hasSize(1);
    }

    @Test
    void a_hundred_thousand_nested_lists_are_a_miss_and_no_overflow() throws IOException {
        Asking text = Asking.task("text");
        Path record = record(text, "x");
        seal(record, "[".repeat(100_000));

        assertThat(text.computed(open(), "y")).isEqualTo("stored result was damaged");
    }

    @Test
    void a_class_named_by_a_forged_value_is_not_loaded() throws IOException {
        EXECUTED.set(false);
        String trap = Trap.class.getName();
        forged(Shape.class, new Circle(1), "\"is\":\"[^\"]*\"", "\"is\":\"" + trap + "\"");
        forged(ArrayList.class, new ArrayList<>(), "\"as\":\"[^\"]*\"", "\"as\":\"" + trap + "\"");
        forged(Dot.class, Dot.DOT, "\"value\":\"DOT\"", "\"value\":\"" + trap + "\"");

        assertThat(EXECUTED).isFalse();
    }

    @Test
    void a_forged_file_name_leads_nowhere() throws IOException {
        Path file = Files.writeString(folder.resolve("report.txt"), "done");

        for (String name : List.of("../../evil", "/tmp/evil", "..", "", "a/b")) {
            forged(Path.class, file, "\"name\":\"report.txt\"", "\"name\":\"" + name + "\"");
        }

        assertThat(folder.resolve("evil")).doesNotExist();
        assertThat(Path.of("/tmp/evil")).doesNotExist();
    }

    @Test
    void a_folder_in_place_of_a_record_or_blob_is_a_miss() throws IOException {
        Asking large = Asking.task("large").returning(byte[].class);
        Path record = record(large, new byte[10_000]);
        Files.delete(record);
        Files.createDirectory(record);
        assertThat(large.computed(open(), new byte[10_000])).isEqualTo("stored result was damaged");

        Path blob = FileListing.below(folder.resolve("blobs"), 1).get(0).path();
        Files.delete(blob);
        Files.createDirectory(blob);
        assertThat(large.computed(open(), new byte[10_000])).isEqualTo("stored result was damaged");
        assertThat(large.hit(open()).value()).isEqualTo(new byte[10_000]);
    }

    private void forged(Type type, Object value, String was, String is) throws IOException {
        Asking asking = Asking.task("forged").returning(type == ArrayList.class ? listOfStrings() : type);
        for (FileListing.Item old : FileListing.below(folder.resolve("actions"), Integer.MAX_VALUE)) {
            Files.delete(old.path());
        }
        Path record = record(asking, value);
        String body = Files.readString(record).split("\n", 2)[1];
        String changed = body.replaceAll(was, Matcher.quoteReplacement(is));
        assertThat(changed).isNotEqualTo(body);
        seal(record, changed);

        assertThat(asking.computed(open(), value)).isEqualTo("stored result was damaged");
    }

    @SuppressWarnings("unused") // for its type
    private static List<String> strings() {
        return List.of();
    }

    private static Type listOfStrings() {
        try {
            return ForeignEntriesTest.class.getDeclaredMethod("strings").getGenericReturnType();
        } catch (NoSuchMethodException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** Gives a body the checksum of a true record. */
    private static void seal(Path record, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Files.writeString(
                record, "dagshell-result 1 " + Digest.of(Digest.sha256().digest(bytes)) + "\n" + body);
    }
}
