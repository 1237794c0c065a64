package io.dagshell.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.kernel.assist.Mentioned;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnDemandImportsTest {
    private static final String IMPORTS = String.join(
            "\n",
            "import java.util.*;",
            "import java.time.*;",
            "import java.util.Map.*;",
            "import java.sql.Connection;",
            "import static java.lang.Math.*;",
            "import static java.util.Map.entry;",
            "import no.such.Thing.*;");

    private static String needed(String java) {
        OnDemandImports imports =
                new OnDemandImports(new CompilerPath(List.of()), OnDemandImportsTest.class.getClassLoader());
        return imports.needed(IMPORTS, Mentioned.in(java));
    }

    @Test
    void what_imports_nothing_that_is_mentioned_is_left_out() {
        String unknown = "import no.such.Thing.*;";
        assertThat(needed("1 + 5")).isEmpty();
        assertThat(needed("x + 5")).isEqualTo(unknown);
        assertThat(needed("List.of(1)")).isEqualTo("import java.util.*;\n" + unknown);
        assertThat(needed("Duration d")).isEqualTo("import java.time.*;\n" + unknown);
        assertThat(needed("Entry<String, String> e")).isEqualTo("import java.util.Map.*;\n" + unknown);
        assertThat(needed("Connection c")).isEqualTo("import java.sql.Connection;\n" + unknown);
        assertThat(needed("floorDiv(2, 1) + PI")).isEqualTo("import static java.lang.Math.*;\n" + unknown);
        assertThat(needed("entry(1, 2)")).isEqualTo("import static java.util.Map.entry;\n" + unknown);
        assertThat(needed("\\u004cist.of()")).isEqualTo(IMPORTS);
    }
}
