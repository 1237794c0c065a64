package io.dagshell.kernel.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/** All live declarations, in the order they were last declared. Guarded by the session's lock. */
final class LiveDeclarations {
    private final JShell shell;
    private final Map<String, Live> byKey = new LinkedHashMap<>();

    LiveDeclarations(JShell shell) {
        this.shell = shell;
    }

    void put(Live live) {
        byKey.remove(live.key());
        byKey.put(live.key(), live);
    }

    /** Forgets what JShell no longer holds. */
    void prune() {
        byKey.values().removeIf(live -> !isActive(live.snippet()));
    }

    /** The live declaration with exactly this text, if it is sound as it stands. */
    Optional<Live> unchanged(String text) {
        return byKey.values().stream()
                .filter(live -> live.kind() != Declaration.Kind.VARIABLE)
                .filter(live -> live.snippet().source().strip().equals(text.strip()))
                .filter(live -> shell.status(live.snippet()) == Snippet.Status.VALID)
                .findFirst();
    }

    List<Live> all() {
        return List.copyOf(byKey.values());
    }

    List<Declaration> snapshot() {
        List<Declaration> declarations = new ArrayList<>();
        for (Live live : byKey.values()) {
            declarations.add(live.declaration(className(live.snippet())));
        }
        return List.copyOf(declarations);
    }

    /** The class that holds a snippet now. */
    String className(Snippet snippet) {
        if (snippet instanceof ImportSnippet || !isActive(snippet)) {
            return "";
        }
        String outer = shell.sourceCodeAnalysis().wrapper(snippet).fullClassName();
        return snippet instanceof jdk.jshell.TypeDeclSnippet type ? outer + "$" + type.name() : outer;
    }

    boolean isActive(Snippet snippet) {
        return shell.status(snippet).isActive();
    }
}
