package io.dagshell.kernel.session;

import io.dagshell.kernel.assist.JavaScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;

/** All live declarations, in the order they were last declared. Guarded by the session's lock. */
final class LiveDeclarations {
    private static final Pattern WRAPPED = Pattern.compile("REPL\\.(?:\\$JShell\\$\\w+\\.)?");

    private final JShell shell;
    private final Map<String, Live> byKey = new LinkedHashMap<>();
    private int revision;

    LiveDeclarations(JShell shell) {
        this.shell = shell;
    }

    void put(Live live) {
        revision++;
        byKey.remove(live.key());
        byKey.put(live.key(), live);
    }

    /** Forgets what JShell no longer holds. */
    void prune() {
        if (byKey.values().removeIf(live -> !isActive(live.snippet()))) {
            revision++;
        }
    }

    /** The live declaration with exactly this text, if it is sound as it stands. */
    Optional<Live> unchanged(String text) {
        return byKey.values().stream()
                .filter(live -> live.kind() != Declaration.Kind.VARIABLE)
                .filter(live -> live.snippet().source().strip().equals(text.strip()))
                .filter(live -> shell.status(live.snippet()) == Snippet.Status.VALID)
                .findFirst();
    }

    /** Whether the session began with this import. */
    boolean isDefaultImport(String text) {
        String bare = text.strip();
        return bare.startsWith("import")
                && byKey.values().stream()
                        .filter(live -> live.text().cell().number() == 0)
                        .anyMatch(live -> live.snippet().source().lines().anyMatch(bare::equals));
    }

    /** The imports the session began with, as far as they are one snippet. */
    Optional<Snippet> severalImports() {
        return byKey.values().stream()
                .filter(Live::holdsSeveral)
                .map(Live::snippet)
                .filter(this::isActive)
                .findFirst();
    }

    /** Counts what may change what is live. */
    int revision() {
        return revision;
    }

    /** Whether nothing but imports is declared, as before the first cells. */
    boolean onlyImports() {
        return byKey.values().stream().allMatch(live -> live.kind() == Declaration.Kind.IMPORT);
    }

    List<Live> all() {
        return List.copyOf(byKey.values());
    }

    List<Declaration> snapshot() {
        List<Declaration> declarations = new ArrayList<>();
        for (Live live : byKey.values()) {
            if (live.holdsSeveral()) {
                live.imports().skip(1).forEach(declarations::add);
            } else {
                declarations.add(live.declaration(className(live.snippet())));
            }
        }
        return List.copyOf(declarations);
    }

    /** What help with typing needs to know. */
    JavaScope scope(List<String> classPath) {
        List<String> imports = new ArrayList<>();
        List<JavaScope.Declared> declared = new ArrayList<>();
        for (Live live : byKey.values()) {
            if (live.snippet() instanceof ImportSnippet imported) {
                imports.add(imported.source());
            } else if (live.snippet() instanceof VarSnippet variable) {
                declared.add(new JavaScope.Declared(variable.name(), type(variable) + " " + variable.name(), true));
            } else {
                declared.add(new JavaScope.Declared(live.name(), live.snippet().source(), false));
            }
        }
        return new JavaScope(imports, declared, classPath);
    }

    /** As a person would write it: JShell names types of cells by where it keeps them. */
    private static String type(VarSnippet variable) {
        return WRAPPED.matcher(variable.typeName()).replaceAll("");
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
