package io.dagshell.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DefaultImportsTest {
    private static final List<String> IMPORTS =
            List.of("import java.util.*;", "import java.util.stream.*;", "import static java.lang.Math.*;");
    private static final String USES_ALL = "List.of(Stream.of(1, 2).count(), max(1, 2)).size()";

    private Cells cells = opened(IMPORTS);

    private static Cells opened(List<String> imports) {
        return Cells.open(new KernelExtension() {
            @Override
            public List<String> defaultImports() {
                return imports;
            }
        });
    }

    @AfterEach
    void close() {
        cells.close();
    }

    @Test
    void a_cell_that_repeats_some_of_them_takes_none_away() {
        cells.must("import static io.dagshell.kernel.session.Display.*;\nimport java.util.*;");
        cells.must("import java.util.stream.*;");
        assertThat(cells.value(USES_ALL)).isEqualTo("2");
        cells.must("display(1);");
        cells.must("%reset");
        assertThat(cells.value(USES_ALL)).isEqualTo("2");
    }

    @Test
    void one_that_does_not_compile_leaves_the_others() {
        cells.close();
        cells = opened(List.of(IMPORTS.get(0), "import no.such.thing.*;", IMPORTS.get(1), IMPORTS.get(2)));
        assertThat(cells.value(USES_ALL)).isEqualTo("2");
    }

    @Test
    void a_cell_may_import_another_class_of_the_name_of_one() {
        cells.close();
        cells = opened(List.of(IMPORTS.get(0), "import java.util.Date;", IMPORTS.get(1), IMPORTS.get(2)));
        cells.must("import java.sql.Date;");
        assertThat(cells.value("Date.class.getName()")).isEqualTo("java.sql.Date");
        assertThat(cells.value(USES_ALL)).isEqualTo("2");
    }

    @Test
    void a_variable_may_be_of_a_type_that_the_cell_does_not_name() {
        cells.must("BitSet made() { return new BitSet(); }\nStream<BitSet> all() { return Stream.of(made()); }");
        cells.must("var bits = made();");
        cells.must("var stream = all();");
        cells.must("var anonymous = new Object() { BitSet inner = bits; };");
        assertThat(cells.value("bits.cardinality() + stream.count() + anonymous.inner.size()"))
                .isEqualTo("65");
    }

    @Test
    void each_is_told_by_itself() {
        assertThat(cells.session().context().declarations())
                .extracting(Declaration::name, Declaration::source)
                .containsExactly(
                        told("static io.dagshell.kernel.session.Display.*"),
                        told("java.util.*"),
                        told("java.util.stream.*"),
                        told("static java.lang.Math.*"));
    }

    private static Tuple told(String name) {
        return tuple(name, "import " + name + ";");
    }
}
