package io.dagshell.kernel.session;

import jdk.jshell.SourceCodeAnalysis;

/**
 * The list of all classes that JShell makes in the background for its own completion, which nobody asks here: it takes as
 * long as the first cell. Stopping it needs {@code --add-opens jdk.jshell/jdk.jshell=ALL-UNNAMED}; without it the list is
 * made.
 */
final class JShellIndex {
    private JShellIndex() {}

    /** Keeps JShell from going on with its list, as it does itself while it compiles. */
    static void suspend(SourceCodeAnalysis analysis) {
        try {
            var suspend = analysis.getClass().getMethod("suspendIndexing");
            suspend.setAccessible(true);
            suspend.invoke(analysis);
        } catch (ReflectiveOperationException | RuntimeException notOpened) {
            // The list costs time and nothing else.
        }
    }
}
