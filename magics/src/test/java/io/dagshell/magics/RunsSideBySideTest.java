package io.dagshell.magics;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.event.RunEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs of cells that run beside each other, as those of subshells do. */
@Timeout(120)
class RunsSideBySideTest {
    @TempDir
    Path folder;

    /** A cell that stands still where it says {@code PAUSE}, and has come there. */
    private Standing standing(NotebookSessions notebook, String cell) throws Exception {
        Path begun = folder.resolve("begun" + System.nanoTime());
        String pause = "java.nio.file.Files.createFile(java.nio.file.Path.of(\"" + begun + "\"));\ngate.await();";
        CompletableFuture<NotebookSessions.Shown> ended =
                CompletableFuture.supplyAsync(() -> notebook.run(cell.replace("PAUSE", pause)), task -> {
                    Thread thread = new Thread(task, "standing cell");
                    thread.setDaemon(true);
                    thread.start();
                });
        while (Files.notExists(begun)) {
            assertThat(ended).isNotDone();
            Thread.sleep(5);
        }
        return () -> {
            notebook.value("gate.countDown();");
            return ended.get();
        };
    }

    private interface Standing {
        /** Lets it go on; what it shows. */
        NotebookSessions.Shown goOn() throws Exception;
    }

    private NotebookSessions notebookOfARate() throws Exception {
        NotebookSessions notebook = NotebookSessions.open(folder.resolve("cache"));
        notebook.value("var gate = new java.util.concurrent.CountDownLatch(1);");
        notebook.value("static final int RATE = 8;");
        notebook.value("%%task cache\nint charge() {\n    return RATE;\n}");
        assertThat(notebook.value("charge()")).isEqualTo("8");
        return notebook;
    }

    @Test
    void a_task_that_reads_a_constant_another_cell_has_not_come_to_is_not_cached() throws Exception {
        try (NotebookSessions notebook = notebookOfARate()) {
            Standing cell = standing(notebook, "PAUSE\nstatic final int RATE = 9;");

            assertThat(notebook.value("charge()")).isEqualTo("8");
            cell.goOn();

            assertThat(notebook.value("charge()")).isEqualTo("9");
            assertThat(reasons(notebook))
                    .containsExactly("first run", "constant RATE has not got its value yet", "constant RATE changed");
        }
    }

    @Test
    void a_cell_that_ends_well_says_nothing_of_one_that_fails_beside_it() throws Exception {
        try (NotebookSessions notebook = notebookOfARate()) {
            Standing cell = standing(
                    notebook, "PAUSE\nif (true) throw new IllegalStateException();\nstatic final int RATE = 9;");

            assertThat(notebook.run("int unrelated = 1;").stdout()).isEmpty();
            assertThat(cell.goOn().error()).isPresent();

            assertThat(notebook.run("charge()").stdout()).isEmpty();
            assertThat(reasons(notebook)).containsExactly("first run", "same key");
        }
    }

    @Test
    void a_change_is_told_by_the_cell_that_made_it_and_not_by_one_beside_it() throws Exception {
        try (NotebookSessions notebook = notebookOfARate()) {
            Standing cell = standing(notebook, "int helper = 1;\nPAUSE\nstatic final int RATE = 9;");

            assertThat(notebook.run("import java.util.concurrent.*;").stdout()).isEmpty();

            assertThat(cell.goOn().stdout())
                    .isEqualTo("changes task `charge` (cell 3): its next run misses the cache\n");
        }
    }

    @Test
    void a_task_called_before_its_constant_gets_its_value_leaves_no_wrong_entry() throws Exception {
        try (NotebookSessions notebook = notebookOfARate()) {
            assertThat(notebook.run(
                                    "System.out.println(charge());\nstatic final int RATE = 9;\nSystem.out.println(charge());")
                            .stdout())
                    .startsWith("8\n9\n");
            assertThat(notebook.value("charge()")).isEqualTo("9");
            assertThat(notebook.run("static final int RATE = 10;\nSystem.out.println(charge());")
                            .stdout())
                    .startsWith("10\n");
            assertThat(notebook.value("charge()")).isEqualTo("10");
        }
    }

    private static List<String> reasons(NotebookSessions notebook) {
        return notebook.events.stream()
                .filter(RunEvent.CacheConsulted.class::isInstance)
                .map(event -> ((RunEvent.CacheConsulted) event).reason())
                .toList();
    }

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
