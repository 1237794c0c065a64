package io.dagshell.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.value.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
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

    @Test
    void a_later_process_finds_the_digest_of_a_large_file_that_did_not_change() throws Exception {
        Path file = large();
        Digest digest = later().of(file);
        Path kept = kept();
        Files.writeString(
                kept, Files.readString(kept).replace(digest.hex(), other(digest).hex()));

        assertThat(later().of(file)).as("its check sum is wrong").isEqualTo(digest);
        new KeptDigests(folder).keep(file, FileState.of(file), other(digest));
        assertThat(later().of(file)).as("taken from what was kept").isEqualTo(other(digest));
    }

    @Test
    void a_later_process_reads_a_file_that_changed_behind_its_old_date_and_size() throws Exception {
        Path file = large();
        FileTime date = Files.getLastModifiedTime(file);
        Digest before = later().of(file);
        Files.write(file, new byte[] {1}, StandardOpenOption.WRITE);
        Files.setLastModifiedTime(file, date);

        assertThat(later().of(file)).isEqualTo(Digest.ofFile(file)).isNotEqualTo(before);
    }

    @Test
    void a_later_process_reads_a_file_that_was_put_in_the_place_of_another() throws Exception {
        Path file = large();
        Digest before = later().of(file);
        Path other = folder.resolve("other");
        byte[] ones = new byte[(int) KeptDigests.LEAST + 1];
        Arrays.fill(ones, (byte) 1);
        Files.write(other, ones);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

        assertThat(later().of(file)).isNotEqualTo(before);
    }

    @Test
    void no_damage_of_what_was_kept_is_believed() throws Exception {
        Path file = large();
        Digest digest = later().of(file);
        byte[] sound = Files.readAllBytes(kept());
        for (int place = 0; place < sound.length; place++) {
            byte[] damaged = sound.clone();
            damaged[place] ^= 1;
            Files.write(kept(), damaged);
            assertThat(later().of(file)).as("byte %d", place).isEqualTo(digest);
            Files.write(kept(), Arrays.copyOf(sound, place));
            assertThat(later().of(file)).as("cut at %d", place).isEqualTo(digest);
        }
    }

    @Test
    void of_a_file_that_has_just_been_written_nothing_is_kept() throws IOException {
        Path file = folder.resolve("fresh.csv");
        Files.write(file, new byte[(int) KeptDigests.LEAST]);
        later().of(file);

        assertThat(KeptDigests.folder(folder)).doesNotExist();
    }

    private FileDigests later() {
        return new FileDigests(new KeptDigests(folder));
    }

    private Path kept() throws IOException {
        return FileListing.below(KeptDigests.folder(folder), 1).get(0).path();
    }

    private Path large() throws Exception {
        Path file = folder.resolve("trips.csv");
        Files.write(file, new byte[(int) KeptDigests.LEAST + 1]);
        Thread.sleep(2_100); // only the system sets the change time, so the test must wait for it to settle
        return file;
    }

    private static Digest other(Digest digest) {
        return new Digest(new StringBuilder(digest.hex()).reverse().toString());
    }
}
