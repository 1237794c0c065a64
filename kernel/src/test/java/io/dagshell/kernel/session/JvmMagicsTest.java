package io.dagshell.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.kernel.magic.JvmMagics;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmMagicsTest {
    @TempDir
    Path folder;

    private Cells open() {
        return Cells.open(new JvmMagics(Optional.of(folder.resolve("my etl.ipynb"))));
    }

    @Test
    void flags_are_kept_beside_the_notebook_until_they_are_forgotten() {
        Path file = folder.resolve("my etl.ipynb.jvm");
        try (Cells cells = open()) {
            assertThat(cells.value("%jvm")).contains("heap").contains("no flags of its own");
            assertThat(cells.value("%jvm -Xmx300m -Dword=a'b")).contains("restart the kernel");
            assertThat(file).hasContent("-Xmx300m\n\"-Dword=a'b\"");
            assertThat(cells.value("%preview on")).contains("--enable-preview");
            assertThat(cells.value("%jvm")).contains("-Xmx300m -Dword=a'b --enable-preview -Ddagshell.preview=on");
            assertThat(cells.value("%jvm -Xmx400m")).startsWith("-Xmx400m --enable-preview");
            cells.must("%preview off");
            assertThat(file).hasContent("-Xmx400m");
            assertThat(cells.value("%jvm reset")).contains("forgotten");
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void flags_with_which_java_would_not_start_are_refused_with_javas_own_words() {
        try (Cells cells = open()) {
            assertThat(cells.mustFail("%jvm -Xmx4q").traceback())
                    .contains("not kept")
                    .contains("Invalid maximum heap size");
            assertThat(cells.mustFail("%jvm 4g").traceback()).contains("4g is no flag");
            assertThat(cells.mustFail("%jvm -cp x.jar").traceback()).contains("%maven");
            assertThat(cells.mustFail("%preview perhaps").traceback()).contains("%preview on");
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void without_a_notebook_it_says_what_to_do_instead() {
        try (Cells cells = Cells.open(new JvmMagics(Optional.empty()))) {
            assertThat(cells.mustFail("%jvm -Xmx1g").traceback()).contains("JDK_JAVA_OPTIONS");
            assertThat(cells.value("%jvm")).contains("heap");
        }
    }

    @Test
    void flags_and_switches_are_offered_where_they_go() {
        JvmMagics magics = new JvmMagics(Optional.empty());

        assertThat(offered(magics, "%preview ")).containsExactly("off", "on");
        assertThat(offered(magics, "int a = 1;\n%jvm -ea -Xm")).containsExactly("-Xmx4g", "-Xms1g");
        assertThat(offered(magics, "%jvm re")).containsExactly("reset");
        assertThat(offered(magics, "%jvmstat -X")).isEmpty();
        assertThat(offered(magics, "%jv")).isEmpty();
        assertThat(magics.complete("%jvm -ea -Xm", 12).get(0).start()).isEqualTo(9);
    }

    private static List<String> offered(JvmMagics magics, String text) {
        return magics.complete(text, text.length()).stream()
                .map(KernelExtension.Suggestion::text)
                .toList();
    }
}
