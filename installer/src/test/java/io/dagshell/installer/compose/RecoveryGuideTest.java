package io.dagshell.installer.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.block.BlockSource;
import io.dagshell.kernel.session.CellInput;
import io.dagshell.magics.slice.NotebookSource;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page that explains recovery is what the product does. */
@Timeout(120)
class RecoveryGuideTest {
    @TempDir
    Path folder;

    private static CellInput typing(String... lines) {
        Deque<String> left = new ArrayDeque<>(List.of(lines));
        return (prompt, secret) -> left.poll();
    }

    @Test
    void its_flows_ask_in_the_cell_and_go_on_with_what_is_typed() throws Exception {
        List<String> examples = Guide.examples("recovery.md");
        assertThat(examples).hasSize(5);
        try (Guide guide = Guide.open(folder, BlockSource.none())) {
            examples.forEach(
                    cell -> assertThat(guide.run(cell).error()).as(cell).isEmpty());

            Seen published = guide.run("publish(\"2026-01\")", typing("yes", "", "many", "5000", "y"));

            assertThat(published.error()).isEmpty();
            assertThat(published.value()).contains("700000 rows into trips by 5000");
            Seen rejected = guide.run("publish(\"2026-01\")", typing("no, it is frozen"));
            assertThat(rejected.error().orElseThrow().message())
                    .contains("'Load 700000 rows?' was rejected by ")
                    .contains("it is frozen");
            Seen nobody = guide.run("publish(\"2026-01\")");
            assertThat(nobody.error().orElseThrow().message()).contains("pipe the answers in");
            assertThat(guide.run("nightly(\"2026-01\")").value()).contains("700000");
        }
    }

    @Test
    void its_flows_are_exported() throws Exception {
        List<NotebookSource.Cell> cells = new ArrayList<>();
        for (String example : Guide.examples("recovery.md")) {
            cells.add(new NotebookSource.Cell(cells.size() + 1, example));
        }
        NotebookSource notebook = new NotebookSource("recovery.ipynb", cells);
        assertThat(SliceCompilers.create(List.of())
                        .compile(notebook, "publish")
                        .manifest()
                        .tasks())
                .extracting(task -> task.definition().name().value())
                .containsExactly("count", "load", "publish");
    }
}
