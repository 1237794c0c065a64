package io.dagshell.kernel.session;

import jdk.jshell.DeclarationSnippet;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;

/** Keeps what JShell says it declared: what is live, and where its lines stand. Guarded by the session's lock. */
final class Learning {
    private final JShell shell;
    private final LiveDeclarations live;
    private final FrameLines lines;
    private final InferredTypes types;

    Learning(JShell shell, LiveDeclarations live, FrameLines lines, InferredTypes types) {
        this.shell = shell;
        this.live = live;
        this.lines = lines;
        this.types = types;
    }

    /** @param offset where in the cell's text the snippet begins */
    void learn(SnippetEvent event, CellText text, int offset) {
        Snippet snippet = event.snippet();
        if (!event.status().isActive()) {
            return;
        }
        if (event.causeSnippet() == null) {
            Live declared = new Live(snippet, text, offset);
            if (isDeclaration(snippet)) {
                live.put(declared);
            }
            if (snippet instanceof VarSnippet variable) {
                types.check(variable);
            }
            lines.learn(shell.sourceCodeAnalysis(), declared);
            return;
        }
        live.all().stream()
                .filter(dependent -> dependent.snippet() == snippet)
                .forEach(dependent -> lines.learn(shell.sourceCodeAnalysis(), dependent));
    }

    private static boolean isDeclaration(Snippet snippet) {
        return snippet instanceof DeclarationSnippet && snippet.subKind() != Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND
                || snippet instanceof ImportSnippet;
    }
}
