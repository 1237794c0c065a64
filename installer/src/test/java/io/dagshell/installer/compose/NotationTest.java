package io.dagshell.installer.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.deploy.FlowManifest.SlicedTask;
import io.dagshell.engine.model.CodeIdentity;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.kernel.session.CellRequest;
import io.dagshell.kernel.session.CellResult;
import io.dagshell.kernel.session.JavaSession;
import io.dagshell.magics.CellExtension;
import io.dagshell.magics.slice.NotebookSource;
import io.dagshell.magics.slice.Slice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page that explains the notation is what the product does. */
@Timeout(120)
class NotationTest {
    @Test
    void every_block_runs_in_a_session_and_the_export_has_the_same_keys() throws IOException {
        List<NotebookSource.Cell> cells = cells();
        CellExtension extension = CellExtension.create("notation.ipynb");
        try (JavaSession session = JavaSession.open(UserApi.classPath(), UserApi.loader(), List.of(extension))) {
            for (NotebookSource.Cell cell : cells) {
                CellResult result = session.execute(
                        new CellRequest("notation.ipynb[" + cell.index() + "]", cell.index(), cell.text()), new Seen());
                assertThat(result).as(cell.text()).isInstanceOf(CellResult.Done.class);
            }
            for (SlicedTask task : slice(cells).manifest().tasks()) {
                TaskDefinition exported = task.definition();
                assertThat(exported.code()).isInstanceOf(CodeIdentity.Known.class);
                assertThat(extension.definitions().named(exported.name())).contains(exported);
            }
        }
    }

    @Test
    void the_export_is_the_same_in_every_locale_and_zone() throws IOException {
        Slice here = slice(cells());
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
            assertThat(slice(cells()).manifest()).isEqualTo(here.manifest());
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
        assertThat(here.manifest().tasks())
                .extracting(task -> task.definition().name().value())
                .containsExactly("fetch", "clean", "load", "ingest", "etlParent");
        assertThat(here.manifest().blocks()).containsExactly("postgres-connector");
    }

    private static Slice slice(List<NotebookSource.Cell> cells) {
        return SliceCompilers.create(List.of()).compile(new NotebookSource("notation.ipynb", cells), "etlParent");
    }

    private static List<NotebookSource.Cell> cells() throws IOException {
        List<NotebookSource.Cell> cells = new ArrayList<>();
        for (String example : Guide.examples("notation.md")) {
            cells.add(new NotebookSource.Cell(cells.size() + 1, example));
        }
        assertThat(cells).hasSize(7);
        return cells;
    }
}
