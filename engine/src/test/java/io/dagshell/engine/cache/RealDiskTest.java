package io.dagshell.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a disk of its own, which a process may mount where the system lets it have a name space of mounts. */
@Timeout(60)
final class RealDiskTest {
    private static final String MOUNT = "mount -t tmpfs -o size=256k tmpfs ";

    @TempDir
    Path folder;

    @BeforeEach
    void needsMounts() throws IOException, InterruptedException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "no Linux");
        Process trial = new ProcessBuilder("sh", "-c", "unshare -rm sh -c '" + MOUNT + folder + "'").start();
        assumeTrue(trial.waitFor(5, TimeUnit.SECONDS) && trial.exitValue() == 0, "no mounts here");
    }

    @Test
    void a_result_that_does_not_fit_is_not_kept_and_smaller_ones_still_are() throws IOException {
        assertThat(lines(MOUNT + folder + " && " + user("large:1000000", "large:1000000", "small:5000", "small:5000")))
                .containsExactly(
                        "the cache's disk is full", "the cache's disk is full", "stored", "hit, 5000", "0 drafts");
    }

    @Test
    void a_folder_that_may_only_be_read_gives_hits_and_says_why_nothing_is_kept() throws IOException {
        List<String> told = lines(MOUNT + folder + " && " + user("small:5000") + " && mount -o remount,ro " + folder
                + " && " + user("small:5000", "other:5000"));

        assertThat(told.subList(0, 3)).containsExactly("stored", "0 drafts", "hit, 5000");
        assertThat(told.get(3)).startsWith("not cached: cannot use ").endsWith("Read-only file system");
    }

    private String user(String... wishes) {
        List<String> arguments = new ArrayList<>(List.of(folder.toString()));
        arguments.addAll(List.of(wishes));
        return "'" + String.join("' '", JavaProcess.command(DiskUser.class, arguments.toArray(new String[0]))) + "'";
    }

    private static List<String> lines(String script) throws IOException {
        Process process = new ProcessBuilder("unshare", "-rm", "sh", "-c", script)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } finally {
            process.destroyForcibly();
        }
    }
}
