package io.dagshell.installer.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.installer.CommandProblem;
import io.dagshell.installer.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoDatabaseTest {

    @TempDir
    Path folder;

    @Test
    void it_answers_on_the_port_its_url_names_and_leaves_nothing_behind_when_closed() throws IOException {
        try (DemoDatabase database = DemoDatabase.start(folder, false)) {
            assertThat(database.url()).isEqualTo("postgresql://postgres@127.0.0.1:" + database.port() + "/postgres");
            assertThat(answers(database)).isTrue();
        }

        assertThat(dataFolders()).isZero();
    }

    @Test
    void a_kept_one_goes_on_and_can_be_stopped_by_the_process_it_names() throws Exception {
        DemoDatabase database = DemoDatabase.start(folder, true);
        database.close();

        assertThat(answers(database)).isTrue();
        ProcessHandle process = ProcessHandle.of(
                        Long.parseLong(database.process().orElseThrow()))
                .orElseThrow();
        assertThat(process.destroy()).isTrue();
        process.onExit().get();
    }

    @Test
    void a_folder_that_cannot_be_used_is_named() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> DemoDatabase.start(file.resolve("below"), false))
                .isInstanceOfSatisfying(
                        CommandProblem.class,
                        problem -> assertThat(problem.code()).isEqualTo(ExitCode.UNREACHABLE))
                .hasMessageContaining("file");
    }

    private static boolean answers(DemoDatabase database) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), database.port())) {
            return socket.isConnected();
        }
    }

    private long dataFolders() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("data-"))
                    .count();
        }
    }
}
