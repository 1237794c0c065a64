package io.dagshell.kernel.session;

import io.dagshell.kernel.assist.Mentioned;
import io.dagshell.kernel.session.SnippetControl.Invocation;
import java.util.Optional;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;

/**
 * Compiles a statement, which declares nothing, by one pass of JShell's own compiler. JShell itself parses it, tries it,
 * analyses it and then compiles it, each time with every live declaration imported; here a class with the statement is
 * compiled at once, with imports of what it names. Guarded by the session's lock.
 */
final class StatementCompiler {
    private static final String PACKAGE = "REPL";
    /** JShell numbers its classes without zeros in front, so no class of its own is called this. */
    private static final String CLASS = "$JShell$00";

    private static final String METHOD = "do_it$";
    private static final String HOLDER =
            "class %s {\npublic static Object " + METHOD + "() throws Throwable {\n%s\nreturn null;\n}\n}\n";

    private final JShell shell;
    private final LiveDeclarations live;
    private final GeneratedClasses generated;
    private final SnippetLoader loader;
    private final OnDemandImports onDemand;
    private final ShellCompiler shellCompiler;
    private int tried;
    private int made;

    private StatementCompiler(
            JShell shell,
            LiveDeclarations live,
            GeneratedClasses generated,
            SnippetLoader loader,
            OnDemandImports onDemand,
            ShellCompiler shellCompiler) {
        this.shell = shell;
        this.live = live;
        this.generated = generated;
        this.loader = loader;
        this.onDemand = onDemand;
        this.shellCompiler = shellCompiler;
    }

    /** Empty where JShell does not let itself be reached. */
    static Optional<StatementCompiler> of(
            JShell shell,
            LiveDeclarations live,
            GeneratedClasses generated,
            SnippetLoader loader,
            OnDemandImports onDemand) {
        return ShellCompiler.of(shell)
                .map(inside -> new StatementCompiler(shell, live, generated, loader, onDemand, inside));
    }

    /**
     * Compiled code.
     *
     * @param call runs it
     * @param firstLine of the statement in the class
     */
    record Code(Invocation call, int firstLine) {}

    /**
     * Compiles and loads it.
     *
     * @param statement one that completes normally
     * @param names the person's part of it, by which imports are chosen
     * @return empty if it does not compile
     */
    Optional<Code> compile(String statement, String names) {
        String head = head(names);
        String simple = CLASS + tried++;
        String name = PACKAGE + "." + simple;
        boolean compiled = shellCompiler.compile(simple, head + HOLDER.formatted(simple, statement));
        ClassBytecodes[] classes = generated.take(name);
        if (!compiled || classes.length == 0) {
            return Optional.empty();
        }
        loader.load(classes);
        made++;
        int firstLine = 3 + (int) head.chars().filter(c -> c == '\n').count();
        return Optional.of(new Code(new Invocation(name, METHOD), firstLine));
    }

    /** Whether a variable of the session can be used. */
    boolean reads(String variable) {
        String simple = CLASS + tried++;
        boolean compiled =
                shellCompiler.compile(simple, head(variable) + HOLDER.formatted(simple, StatementForm.value(variable)));
        generated.forget(PACKAGE + "." + simple);
        return compiled;
    }

    private String head(String names) {
        return "package " + PACKAGE + ";\n" + imports(Mentioned.in(names)) + "\n";
    }

    /** How many it compiled. */
    int made() {
        return made;
    }

    private String imports(Mentioned mentioned) {
        StringBuilder imports = new StringBuilder();
        for (Live each : live.all()) {
            Snippet snippet = each.snippet();
            if (!shell.status(snippet).isDefined()) {
                continue;
            }
            if (isOnDemand(snippet)) {
                imports.append(onDemand.needed(shellCompiler.importLine(snippet), mentioned))
                        .append('\n');
            } else if (mentioned.has(Live.simpleName(snippet))) {
                imports.append(shellCompiler.importLine(snippet)).append('\n');
            }
        }
        return imports.toString();
    }

    private static boolean isOnDemand(Snippet snippet) {
        return snippet instanceof ImportSnippet
                && snippet.subKind() != SubKind.SINGLE_TYPE_IMPORT_SUBKIND
                && snippet.subKind() != SubKind.SINGLE_STATIC_IMPORT_SUBKIND;
    }
}
