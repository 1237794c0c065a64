package io.dagshell.installer.kernelspec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code start.sh} as it is shipped, with a java that says what it was given and leaves the archives it is asked for. */
class StartScriptTest {
    private static final Path SHIPPED = Path.of("src/dist/start.sh");
    private static final String JAVA = """
            #!/bin/sh
            for argument in "$@"; do
                echo "$argument"
                case $argument in -XX:ArchiveClassesAtExit=*) echo an archive >"${argument#*=}" ;; esac
            done
            echo "database: ${DAGSHELL_DATABASE-none}"
            """;

    @TempDir
    Path folder;

    private Path java;
    private Path dist;

    @BeforeEach
    void ship() throws IOException {
        dist = folder.resolve("the dist");
        Files.createDirectories(dist.resolve("lib"));
        Files.createDirectories(dist.resolve("rehearsal"));
        Files.writeString(dist.resolve("lib/dagshell-installer-1.jar"), "");
        Files.copy(SHIPPED, dist.resolve("start.sh"), StandardCopyOption.REPLACE_EXISTING);
        java = Files.writeString(folder.resolve("java"), JAVA);
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    private List<String> sh(String line, Map<String, String> environment) throws Exception {
        List<String> command =
                List.of("/bin/sh", "-c", "set -eu\n. \"$1/start.sh\"\n" + line, "sh", dist.toString(), java.toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().toList();
    }

    private List<String> started(String... arguments) throws Exception {
        return sh("start_dagshell \"$2\" \"$1\" " + String.join(" ", arguments), Map.of());
    }

    private void archive(Map<String, String> environment) throws Exception {
        sh("archive_dagshell \"$2\" \"$1\"", environment);
    }

    @Test
    void a_server_and_an_agent_start_from_an_archive_of_their_own_with_flags_of_their_own() throws Exception {
        archive(Map.of());

        for (String stays : List.of("server", "agent", "start")) {
            assertThat(started(stays, "start"))
                    .as(stays)
                    .containsSubsequence(
                            "@" + dist + "/command.flags",
                            "-XX:SharedArchiveFile=" + dist + "/server.jsa",
                            "@" + dist + "/server.flags",
                            "-jar",
                            dist + "/lib/dagshell-installer-1.jar",
                            stays,
                            "start");
        }
        assertThat(started("runs", "ls"))
                .contains("-XX:SharedArchiveFile=" + dist + "/command.jsa")
                .doesNotContain("@" + dist + "/server.flags");
    }

    @Test
    void an_archive_made_with_another_java_is_left_alone() throws Exception {
        archive(Map.of());
        java = Files.move(java, folder.resolve("another"));

        List<String> both = new ArrayList<>(started("server", "start"));
        both.addAll(started("runs", "ls"));
        assertThat(both).noneMatch(argument -> argument.contains("SharedArchiveFile"));
    }

    @Test
    void the_rehearsed_server_leaves_the_database_of_the_environment_alone() throws Exception {
        archive(Map.of("DAGSHELL_DATABASE", "postgresql://production/dagshell"));

        assertThat(dist.resolve("server-archive.log"))
                .content()
                .contains("--port")
                .contains("database: none");
    }
}
