package io.dagshell.kernel.session;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;

/** What other pieces declared and a cell left without sense, if only for now. Guarded by the session's lock. */
final class LostSense {
    private final JShell shell;
    private final LiveDeclarations live;
    private final Set<Snippet> touched = new LinkedHashSet<>();

    LostSense(JShell shell, LiveDeclarations live) {
        this.shell = shell;
        this.live = live;
    }

    void learn(SnippetEvent event) {
        if (event.causeSnippet() != null && event.status() != Snippet.Status.VALID) {
            touched.add(event.snippet());
        }
    }

    /** Those of other cells that have none at the end, and why; {@code declared} are the cell's own. */
    List<String> inWords(Set<Snippet> declared) {
        return live.all().stream()
                .filter(each -> touched.contains(each.snippet()) && !declared.contains(each.snippet()))
                .filter(each -> each.snippet() instanceof DeclarationSnippet && !(each.snippet() instanceof VarSnippet))
                .filter(each -> shell.status(each.snippet()) != Snippet.Status.VALID)
                .map(this::inWords)
                .toList();
    }

    private String inWords(Live lost) {
        Piece piece = new Piece(lost.offset(), lost.snippet().source());
        CompileProblem problem = CompileProblem.undefined(
                        shell, (DeclarationSnippet) lost.snippet(), lost.text(), piece)
                .get(0);
        return "%s (%s:%d: %s)"
                .formatted(
                        lost.name(),
                        lost.text().cell().source(),
                        problem.position().line(),
                        problem.message().lines().findFirst().orElse(""));
    }
}
