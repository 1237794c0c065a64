package io.dagshell.installer.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.home.Home;
import io.dagshell.kernel.session.CellRequest;
import io.dagshell.runner.LocalState;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cases in which caches of other systems gave a wrong value or computed for nothing, each in notebooks that follow each other
 * over one cache. Those of damage, locks, age and size are beside the store of results.
 */
@Timeout(120)
class WentWrongElsewhereTest {
    private static final String TABLE =
            "Table ab(double a, double b) { return Table.create(\"t\", DoubleColumn.create(\"a\", a), DoubleColumn.create(\"b\", b)); }";
    private static final String MARK = " System.setProperty(\"marks\", System.getProperty(\"marks\", \"\") + \"x\");";

    @TempDir
    Path folder;

    private LocalState state;

    @BeforeEach
    void open() throws IOException {
        System.clearProperty("marks");
        state = LocalState.open(new Home(folder, folder.resolve("cache")), BlockSource.none(), Map.of());
    }

    @AfterEach
    void close() {
        state.close();
        System.clearProperty("marks");
    }

    /** The value of the last cell in a notebook of its own. */
    private String value(String... cells) throws IOException {
        PrintStream out = System.out;
        PrintStream err = System.err;
        Seen last = new Seen();
        try (NotebookSession session = NotebookSession.open(state, "etl.ipynb", "notebook")) {
            int number = 0;
            for (String cell : cells) {
                number++;
                last = new Seen();
                session.session().execute(new CellRequest("etl.ipynb[" + number + "]", number, cell), last);
                assertThat(last.error()).isEmpty();
            }
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return last.value();
    }

    private static String task(String signature, String expression) {
        return "%%task cache\n" + signature + " throws Exception {\n   " + MARK + "\n    return " + expression + ";\n}";
    }

    private static void assertRan(int times) {
        assertThat(System.getProperty("marks", "")).hasSize(times);
    }

    @Test
    void hamilton_1616_a_renamed_column_is_another_table() throws IOException {
        String sum = task("double t(Table in)", "in.column(0).name().equals(\"a\") ? 3.0 : 7.0");
        String plain = "t(ab(1, 2)";

        assertThat(value(TABLE, sum, plain + ")")).isEqualTo("3.0");
        assertThat(value(TABLE, sum, "var other = ab(1, 2); other.column(\"a\").setName(\"c\");", "t(other)"))
                .isEqualTo("7.0");
        assertRan(2);
    }

    @Test
    void prefect_the_order_of_columns_is_in_the_key() throws IOException {
        String first = task("double t(Table in)", "in.doubleColumn(0).get(0)");

        assertThat(value(TABLE, first, "t(ab(1, 2))")).isEqualTo("1.0");
        assertThat(value(TABLE, first, "t(ab(1, 2).selectColumns(\"b\", \"a\"))"))
                .isEqualTo("2.0");
        assertRan(2);
    }

    @Test
    void hamilton_redun_joblib_ploomber_an_edited_helper_is_never_answered_by_the_old_one() throws IOException {
        String helper = "int h(int n) { return deep(n); }";
        String task = task("int t(int n)", "h(n)");

        assertThat(value("int deep(int n) { return n + 1; }", helper, task, "t(1)"))
                .isEqualTo("2");
        assertThat(value("int deep(int n) { return n + 2; }", helper, task, "t(1)"))
                .isEqualTo("3");
        assertRan(2);
    }

    @Test
    void marimo_another_import_of_the_same_name_is_other_code() throws IOException {
        String task = task("String t(String n)", "\"\" + valueOf(n)");

        assertThat(value("import static java.lang.Integer.valueOf;", task, "t(\"1\")"))
                .isEqualTo("1");
        assertThat(value("import static java.lang.Double.valueOf;", task, "t(\"1\")"))
                .isEqualTo("1.0");
        assertRan(2);
    }

    @Test
    void marimo_another_import_of_the_same_name_in_a_live_notebook_is_other_code() throws IOException {
        String task = task("String t(String n)", "\"\" + h(n)");

        assertThat(value(
                        "import static java.lang.Integer.valueOf;",
                        "Object h(String n) { return valueOf(n); }",
                        task,
                        "t(\"1\")",
                        "import static java.lang.Double.valueOf;",
                        "t(\"1\")"))
                .isEqualTo("1.0");
        assertRan(2);
        assertThat(value(
                        "import java.util.List;",
                        "String h(String n) { return List.class.getName() + n; }",
                        task,
                        "t(\"1\")",
                        "import java.awt.List;",
                        "t(\"1\")"))
                .isEqualTo("java.awt.List1");
        assertRan(4);
    }

    @Test
    void marimo_a_changed_file_is_another_argument() throws IOException {
        Path file = Files.writeString(folder.resolve("in.txt"), "one");
        String task = task("String t(Path in)", "java.nio.file.Files.readString(in)");
        String call = "t(Path.of(\"" + file + "\"))";

        assertThat(value(task, call)).isEqualTo("one");
        Files.writeString(file, "two");
        assertThat(value(task, call)).isEqualTo("two");
        assertRan(2);
    }

    @Test
    void hamilton_1_and_its_text_are_different_arguments() throws IOException {
        assertThat(value(task("String t(int n)", "\"number \" + n"), "t(1)")).isEqualTo("number 1");
        assertThat(value(task("String t(String n)", "\"text \" + n"), "t(\"1\")"))
                .isEqualTo("text 1");
    }

    @Test
    void redun_equal_lists_are_one_argument() throws IOException {
        String task = task("int t(List<Integer> all)", "all.size()");

        assertThat(value(task, "t(List.of(1, 2))")).isEqualTo("2");
        assertThat(value(task, "t(new ArrayList<>(Arrays.asList(1, 2)))")).isEqualTo("2");
        assertRan(1);
    }

    @Test
    void prefect_the_key_has_nothing_of_the_run_in_it() throws IOException {
        String flow = "%%flow\nint f(int n) throws Exception {\n    return t(n);\n}";

        for (String name : new String[] {"1", "2", "3"}) {
            assertThat(value("// run " + name, task("int t(int n)", "n * 2"), flow, "f(4)"))
                    .isEqualTo("8");
        }
        assertRan(1);
    }

    @Test
    void joblib_680_a_cosmetic_edit_computes_nothing() throws IOException {
        String task = task("int t(int n)", "h(n)");

        value("int h(int n) { return n + 10; }", task, "t(1)");
        assertThat(value(
                        "int unused() { return 0; }",
                        "// ten more\nint h(int n) {\n    return (n + 0xA); /* as before */\n}",
                        task.replace("%%task cache", "%%task cache retries=2 tags=x")
                                .replace("h(n);", "h( n ) ;"),
                        "t(1)"))
                .isEqualTo("11");
        assertRan(1);
    }
}
