package io.dagshell.installer.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.home.Home;
import io.dagshell.kernel.session.CellError;
import io.dagshell.kernel.session.CellRequest;
import io.dagshell.runner.LocalState;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A session as the kernel and headless runs have it, on a home of its own. */
@Timeout(120)
class RunMagicsTest {
    @TempDir
    Path folder;

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private LocalState state;
    private NotebookSession session;
    private int cells;

    @BeforeEach
    void open() throws Exception {
        state = LocalState.open(new Home(folder, folder.resolve("cache")), BlockSource.none(), Map.of());
        session = NotebookSession.open(state, "etl.ipynb", "notebook");
    }

    @AfterEach
    void close() throws Exception {
        session.close();
        state.close();
        System.setOut(out);
        System.setErr(err);
    }

    private Seen run(String text) {
        Seen seen = new Seen();
        cells++;
        session.session().execute(new CellRequest("etl.ipynb[" + cells + "]", cells, text), seen);
        return seen;
    }

    private void declare(String lastTask) {
        run("import java.nio.file.*;");
        run("%%task effect\nvoid load(String table, int rows) throws IOException {\n"
                + "    Files.writeString(Path.of(\"" + folder + "/effects\"), table + rows + \"\\n\","
                + " StandardOpenOption.CREATE, StandardOpenOption.APPEND);\n}");
        run(lastTask);
        run("%%flow\nint etl(String table, List<Integer> rows) {\n"
                + "    map(rows, n -> { load(table, n); return n; });\n    return check(rows.size());\n}");
    }

    @Test
    void a_failed_run_goes_on_after_the_cell_was_mended_and_repeats_no_effect() throws Exception {
        declare("%%task\nint check(int n) {\n    throw new IllegalStateException(\"two are missing\");\n}");
        assertThat(run("etl(\"trips\", List.of(1, 2))").error().orElseThrow().message())
                .contains("two are missing");
        String id = state.runs().runs(1).get(0).id().toString();
        assertThat(run("%runs").value()).contains(id, "Failed");

        run("%%task\nint check(int n) {\n    return 10 * n;\n}");
        Seen resumed = run("%resume " + id);

        assertThat(resumed.error()).isEmpty();
        assertThat(resumed.values()).containsExactly("20");
        assertThat(Files.readAllLines(folder.resolve("effects"))).containsExactlyInAnyOrder("trips1", "trips2");
        String second = state.runs().runs(1).get(0).id().toString();
        assertThat(run("%runs " + second).value())
                .contains("run " + second + " resumes " + id, "finished in run " + id);
        assertThat(run("%resume " + id).error().orElseThrow().message()).contains("was resumed by " + second);
        assertThat(run("%resume 99").error().orElseThrow().message()).contains("There is no run 99");
        assertThat(run("%runs 99").error().orElseThrow().message()).contains("There is no run 99");
    }

    @Test
    void what_the_resumed_flow_throws_is_shown_as_its_own() {
        declare("%%task\nint check(int n) {\n    throw new IllegalStateException(\"two are missing\");\n}");
        run("etl(\"trips\", List.of(1))");
        String id = state.runs().runs(1).get(0).id().toString();

        CellError error = run("%resume " + id).error().orElseThrow();

        assertThat(error.name()).contains("IllegalStateException");
        assertThat(error.message()).isEqualTo("two are missing");
    }

    @Test
    void what_a_task_shows_stays_with_its_run() {
        run("%%task effect\nint load(int n) {\n    progress(n, 5, \"rows\");\n"
                + "    artifact(\"counts\", List.of(1, 2));\n    artifact(\"counts\", List.of(n));\n"
                + "    artifactMarkdown(\"note\", \"**\" + \"x\".repeat(300_000));\n    return n;\n}");
        assertThat(run("load(4)").values()).containsExactly("4");
        String id = state.runs().runs(1).get(0).id().toString();

        String shown = run("%runs " + id).value();

        assertThat(shown).contains("artifact counts: [4]", "text/markdown of 300002 bytes is too large to keep");
        assertThat(shown.length()).isLessThan(20_000);
    }

    @Test
    void a_busy_task_of_a_notebook_stops_at_its_timeout() {
        run("static final class Turns { static volatile long turns; }");
        run("%%task timeout=300ms\nint spin(int n) {\n    while (true) { Turns.turns++; }\n}");

        CellError error = run("spin(1)").error().orElseThrow();

        assertThat(error.message()).contains("spin ran longer than its timeout of 300 ms");
        String turns = run("Turns.turns").value();
        assertThat(run("Thread.sleep(200); Turns.turns").value())
                .isEqualTo(turns)
                .isNotEqualTo("0");
    }
}
