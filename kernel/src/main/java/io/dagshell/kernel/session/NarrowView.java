package io.dagshell.kernel.session;

import io.dagshell.kernel.assist.Mentioned;
import io.dagshell.kernel.assist.PieceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;

/**
 * Gives JShell a declaration while it sees only those methods and variables that the declaration names, and of the
 * imports a session begins with those that may import what it names. JShell imports all, and the class of each, into
 * every compilation, of which there are two or three for a declaration. Its list of them is reached by reflection, which
 * needs {@code --add-opens jdk.jshell/jdk.jshell=ALL-UNNAMED}; without it JShell sees all. Guarded by the session's lock.
 */
final class NarrowView {
    private final JShell shell;
    private final LiveDeclarations live;
    private final OnDemandImports onDemand;
    private final ImportText imports;
    private final List<Object> snippets;
    private final Map<?, ?> usersByName;

    private NarrowView(
            JShell shell,
            LiveDeclarations live,
            OnDemandImports onDemand,
            ImportText imports,
            List<Object> snippets,
            Map<?, ?> usersByName) {
        this.shell = shell;
        this.live = live;
        this.onDemand = onDemand;
        this.imports = imports;
        this.snippets = snippets;
        this.usersByName = usersByName;
    }

    @SuppressWarnings("unchecked")
    static NarrowView of(JShell shell, LiveDeclarations live, OnDemandImports onDemand) {
        try {
            Object maps = GeneratedClasses.field(shell, "maps");
            return new NarrowView(
                    shell,
                    live,
                    onDemand,
                    ImportText.open(),
                    (List<Object>) GeneratedClasses.field(maps, "keyIndexToSnippet"),
                    (Map<?, ?>) GeneratedClasses.field(maps, "dependencies"));
        } catch (ReflectiveOperationException | RuntimeException notOpened) {
            return new NarrowView(shell, live, onDemand, ImportText.none(), new ArrayList<>(), Map.of());
        }
    }

    /**
     * Evaluates it.
     *
     * @param declares asked for the names it declares, if that matters: if none is known, or if anything uses one of them
     *     and is compiled anew, JShell sees all
     */
    List<SnippetEvent> eval(String java, Supplier<Set<String>> declares) {
        Mentioned mentioned = Mentioned.in(java);
        if (snippets.isEmpty() || isImport(java) || isAnyUsed(mentioned) && isAnyUsed(declares.get())) {
            return shell.eval(java);
        }
        Mentioned seen = withOverloads(java, mentioned, declares);
        Map<Integer, Object> hidden = hide(seen);
        Optional<Snippet> defaults = live.severalImports();
        defaults.ifPresent(each -> imports.set(each, onDemand.needed(each.source(), seen) + "\n"));
        try {
            return shell.eval(java);
        } finally {
            defaults.ifPresent(imports::reset);
            hidden.forEach(snippets::set);
        }
    }

    /** Which may give any name in the session another meaning. */
    private static boolean isImport(String java) {
        return java.startsWith("import", PieceText.firstCode(java));
    }

    /** What it declares is among what it mentions, which costs less to ask. */
    private boolean isAnyUsed(Mentioned mentioned) {
        return mentioned
                .names()
                .map(names -> names.stream().anyMatch(this::isUsed))
                .orElse(true);
    }

    private boolean isAnyUsed(Set<String> declared) {
        return declared.isEmpty() || declared.stream().anyMatch(this::isUsed);
    }

    /**
     * And what methods of a name that it declares mention: in the JShell of Java 25 such methods share a class if they call
     * one another, and are compiled anew with it.
     */
    private Mentioned withOverloads(String java, Mentioned mentioned, Supplier<Set<String>> declares) {
        List<MethodSnippet> named = snippets.stream()
                .filter(each ->
                        each instanceof MethodSnippet method && mentioned.has(method.name()) && isActive(method))
                .map(MethodSnippet.class::cast)
                .toList();
        if (named.isEmpty()) {
            return mentioned;
        }
        Set<String> declared = declares.get();
        return Mentioned.in(Stream.concat(
                        Stream.of(java),
                        named.stream()
                                .filter(each -> declared.isEmpty() || declared.contains(each.name()))
                                .map(Snippet::source))
                .collect(Collectors.joining("\n")));
    }

    private Map<Integer, Object> hide(Mentioned mentioned) {
        Map<Integer, Object> hidden = new TreeMap<>();
        for (int i = 0; i < snippets.size(); i++) {
            Object each = snippets.get(i);
            if (mayBeHidden(each) && !mentioned.has(Live.simpleName((Snippet) each))) {
                hidden.put(i, each);
                snippets.set(i, null);
            }
        }
        return hidden;
    }

    /** Not a type: JShell looks through all of those for names that are declared twice. */
    private static boolean mayBeHidden(@Nullable Object snippet) {
        return snippet instanceof MethodSnippet || snippet instanceof VarSnippet;
    }

    private boolean isUsed(String name) {
        return usersByName.get(name) instanceof Set<?> users
                && users.stream()
                        .anyMatch(user -> user instanceof Integer index
                                && index < snippets.size()
                                && isActive(snippets.get(index)));
    }

    private boolean isActive(@Nullable Object each) {
        return each instanceof Snippet snippet && shell.status(snippet).isActive();
    }
}
