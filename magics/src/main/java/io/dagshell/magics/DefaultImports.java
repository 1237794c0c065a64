package io.dagshell.magics;

import java.util.List;

/** What every cell sees without importing it, in notebooks, headless runs and exported flows alike. */
public final class DefaultImports {
    /** Import declarations. */
    public static final List<String> LIST = List.of(
            "import java.util.*;",
            "import java.util.function.*;",
            "import java.util.stream.*;",
            "import java.io.*;",
            "import java.net.*;",
            "import java.nio.file.*;",
            "import java.time.*;",
            "import java.math.*;",
            "import io.dagshell.tables.*;",
            "import tech.tablesaw.api.*;",
            "import io.dagshell.engine.TaskFuture;",
            "import static io.dagshell.engine.Dag.*;",
            "import static io.dagshell.tables.TableViews.*;",
            "import static io.dagshell.blocks.Blocks.*;");

    private DefaultImports() {}
}
