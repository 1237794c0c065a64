package io.dagshell.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.value.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileDigestsTest {
    @TempDir
    Path folder;

    private final FileDigests digests = new FileDigests();

    @Test
    void two_writes_within_one_tick_of_the_file_system_are_told_apart() throws IOException {
        Path file = folder.resolve("trips.csv");
        for (int i = 0; i < 300; i++) {
            Files.writeString(file, "%06d".formatted(i));

            assertThat(digests.of(file)).isEqualTo(Digest.ofFile(file));
        }
    }

    @Test
    void a_change_that_hides_behind_the_old_date_is_seen() throws Exception {
        Path file = Files.writeString(folder.resolve("trips.csv"), "a");
        FileTime date = Files.getLastModifiedTime(file);
        Thread.sleep(2_100); // only the system sets the change time, so the test must wait for it to settle
        Digest before = digests.of(file);
        Files.writeString(file, "b");
        Files.setLastModifiedTime(file, date);

        assertThat(digests.of(file)).isNotEqualTo(before);
    }
}
