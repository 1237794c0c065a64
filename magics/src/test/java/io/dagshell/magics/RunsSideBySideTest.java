package io.dagshell.magics;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.event.RunEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs of cells that run beside each other, as those of subshells do. */
@Timeout(120)
class RunsSideBySideTest {
    @TempDir
    Path folder;

    @Test
    void a_run_names_the_cell_that_started_it_though_another_began_since() throws Exception {
        Path begun = folder.resolve("begun");
        try (NotebookSessions notebook = NotebookSessions.open(folder.resolve("cache"))) {
            notebook.value("var gate = new java.util.concurrent.CountDownLatch(1);");
            notebook.value("%%flow\nint answer() {\n    return 42;\n}");
            Thread third = new Thread(() -> notebook.run("java.nio.file.Files.createFile(java.nio.file.Path.of(\""
                    + begun + "\"));\ngate.await();\nanswer()"));
            third.start();
            while (Files.notExists(begun)) {
                Thread.sleep(5);
            }
            notebook.value("gate.countDown();");
            third.join();

            assertThat(notebook.events)
                    .filteredOn(RunEvent.RunStarted.class::isInstance)
                    .extracting(event -> ((RunEvent.RunStarted) event).source())
                    .containsExactly("etl.ipynb[3]");
        }
    }
}
