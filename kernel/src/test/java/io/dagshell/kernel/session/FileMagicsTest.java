package io.dagshell.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.kernel.magic.FileMagics;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileMagicsTest {
    private final Cells cells = Cells.open(new FileMagics());

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        cells.close();
    }

    @Test
    void a_cell_is_written_to_a_file_and_added_to_it() throws Exception {
        Path file = folder.resolve("a.txt");
        assertThat(cells.must("%%writefile " + file + "\n%env x\n  two").printed())
                .isEqualTo("Wrote " + file + "\n");
        assertThat(cells.must("%%writefile -a " + file + "\nthree\n").printed()).isEqualTo("Added to " + file + "\n");

        assertThat(Files.readString(file)).isEqualTo("%env x\n  two\nthree\n");
        assertThat(cells.must("%%writefile " + file + "\nnew").printed()).startsWith("Replaced");
        assertThat(cells.mustFail("%%writefile\nx").error().message()).contains("write %%writefile [-a] FILE");
        assertThat(cells.mustFail("%%writefile " + folder.resolve("no/b") + "\nx")
                        .error()
                        .message())
                .contains("there is no folder");
    }

    @Test
    void a_session_is_saved_as_java_that_can_be_loaded() throws Exception {
        Path file = folder.resolve("notebook.java");
        cells.session().execute(new CellRequest("", -1, "1 + 1"), new Recorder());
        cells.must("int a = 1;\n%lsmagic\nint twice(int x) {\n\n    return 2 * x; // % comment\n}");
        cells.mustFail("int broken = ;");
        cells.must("%%writefile " + folder.resolve("t") + "\nint text;");
        cells.must("%%time\nint b = twice(a);");
        cells.must("%save " + file);

        assertThat(Files.readString(file))
                .isEqualTo(("""
                        // [1]
                        int a = 1;
                        // %lsmagic
                        int twice(int x) {

                            return 2 * x; // % comment
                        }

                        // [3]
                        // %%writefile FILE
                        // int text;

                        // [4]
                        // %%time
                        int b = twice(a);
                        """).replace("FILE", folder.resolve("t").toString()));
        assertThat(cells.mustFail("%save " + file).error().message()).contains("write %save -f");
        cells.must("%save -f " + file);
        try (Cells others = Cells.open()) {
            others.must(Files.readString(file));
            assertThat(others.value("b")).isEqualTo("2");
        }
    }

    @Test
    void a_file_is_loaded_in_place_of_the_cell() throws Exception {
        Path file = Files.writeString(folder.resolve("a.java"), "int loaded = 1;\n");
        Recorder output = cells.must("%load " + file);

        assertThat(output.nextInput()).isEqualTo("// %load " + file + "\nint loaded = 1;\n");
        assertThat(cells.mustFail("%load " + folder.resolve("none")).error().message())
                .contains("there is no file");
        assertThat(cells.mustFail("%load").error().message()).contains("write %load FILE");
    }
}
