package io.dagshell.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.value.StandardCodecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that is killed while it stores leaves a whole result or none, and nobody waits for it. */
@Timeout(60)
final class KilledWriterTest {
    private static final int LAST_STEP = 8;

    @TempDir
    Path folder;

    private final List<String> reports = new ArrayList<>();

    @ParameterizedTest(name = "after step {0}: {1}")
    @CsvSource({
        "1, OPENED", "2, FILLED", "3, FLUSHED", "4, RENAMED", // the blob
        "5, OPENED", "6, FILLED", "7, FLUSHED", "8, RENAMED", // the record
    })
    void a_writer_killed_after_any_step_leaves_a_whole_result_or_none(int step, String name) throws IOException {
        try (JavaProcess writer = JavaProcess.start(StoppedWriter.class, folder.toString(), String.valueOf(step))) {
            assertThat(writer.line()).isEqualTo(name);
        }

        if (step == LAST_STEP) {
            assertThat(StoppedWriter.TASK.hit(open()).value()).isEqualTo(StoppedWriter.VALUE);
        } else {
            assertThat(StoppedWriter.TASK.computed(open(), StoppedWriter.VALUE)).isEqualTo("first run");
        }

        assertThat(StoppedWriter.TASK.hit(open()).value()).isEqualTo(StoppedWriter.VALUE);
        assertThat(reports).isEmpty();
        assertThat(folder.resolve("quarantine")).doesNotExist();
        assertThatWhatItLeftGoesWithTime();
    }

    private void assertThatWhatItLeftGoesWithTime() throws IOException {
        for (Path each : filesIn("tmp")) {
            Files.setLastModifiedTime(each, FileTime.from(Instant.EPOCH));
        }
        open().tidy();
        assertThat(filesIn("tmp")).isEmpty();
        assertThat(filesIn("blobs")).hasSize(1);
        assertThat(filesIn("actions")).hasSize(1);
    }

    private List<Path> filesIn(String part) throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve(part))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private FileResultCache open() {
        return FileResultCache.open(
                folder,
                StandardCodecs.with(),
                Clock.systemUTC(),
                CacheSettings.defaults()
                        .withEnvironment(() -> SharedWork.ENVIRONMENT)
                        .withReport(reports::add));
    }
}
