package io.dagshell.installer.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.block.BlockSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page that explains tables from files and into them is what a notebook does. */
@Timeout(180)
class TablesGuideTest {
    @TempDir
    Path folder;

    @Test
    void every_example_runs_and_its_value_is_the_one_in_the_comment_behind_it() throws Exception {
        List<String> said = new ArrayList<>();
        try (Guide guide = Guide.open(folder, BlockSource.none())) {
            for (String example : Guide.examples("tables.md")) {
                Seen seen = guide.run(example);
                assertThat(seen.errors()).as(example).isEmpty();
                String last = example.strip().substring(example.strip().lastIndexOf('\n') + 1);
                if (!last.contains(";")) {
                    String value = last.substring(last.indexOf("// ") + 3);
                    assertThat(seen.value()).as(example).isEqualTo(value);
                    said.add(value);
                }
            }
        }
        assertThat(said).hasSizeGreaterThan(5);
    }
}
