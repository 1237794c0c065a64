package io.dagshell.kernel.session;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/**
 * The last of the passes JShell makes over a snippet: from the text of a class to its code, with all that JShell knows
 * of its variables' types. It is reached by reflection, which needs {@code --add-opens jdk.jshell/jdk.jshell=ALL-UNNAMED}
 * and a JShell that is built as those of Java 17 to 25 are. Not thread-safe, as JShell.
 */
final class ShellCompiler {
    private static final String ROOM = "jdk.jshell.";

    private final JShell shell;
    private final Object tasks;
    private final Class<?> worker;
    private final Method compile;
    private final Method run;
    private final Constructor<?> text;
    private final Constructor<?> outer;
    private final Method importLine;

    private ShellCompiler(JShell shell) throws ReflectiveOperationException {
        this.shell = shell;
        tasks = GeneratedClasses.field(shell, "taskFactory");
        worker = Class.forName(ROOM + "TaskFactory$Worker");
        compile = open(Class.forName(ROOM + "TaskFactory").getDeclaredMethod("compile", Collection.class, worker));
        run = open(Class.forName(ROOM + "TaskFactory$CompileTask").getDeclaredMethod("compile"));
        Class<?> compound = Class.forName(ROOM + "Wrap$CompoundWrap");
        text = open(compound.getDeclaredConstructor(Object[].class));
        outer = open(Class.forName(ROOM + "OuterSnippetsClassWrap")
                .getDeclaredConstructor(String.class, compound, List.class, List.class));
        importLine = open(Snippet.class.getDeclaredMethod("importLine", JShell.class));
    }

    private static <T extends AccessibleObject> T open(T member) {
        member.setAccessible(true);
        return member;
    }

    /** Empty where JShell does not let itself be reached. */
    static Optional<ShellCompiler> of(JShell shell) {
        try {
            return Optional.of(new ShellCompiler(shell));
        } catch (ReflectiveOperationException | RuntimeException notOpened) {
            return Optional.empty();
        }
    }

    /**
     * Compiles a unit of one class into JShell's memory. What javac prints when it breaks is the kernel's and no output of the
     * cell.
     *
     * @return whether it compiled
     */
    boolean compile(String className, String unit) {
        Object wrapped = call(() ->
                outer.newInstance(className, text.newInstance((Object) new Object[] {unit}), List.of(), List.of()));
        Object work = Proxy.newProxyInstance(
                worker.getClassLoader(),
                new Class<?>[] {worker},
                (proxy, method, arguments) -> call(() -> run.invoke(arguments[0])));
        try (Scope.Entered kernels = Scope.enter(null)) {
            return (Boolean) call(() -> compile.invoke(tasks, List.of(wrapped), work));
        }
    }

    /** How another snippet's class imports what a snippet declares. */
    String importLine(Snippet snippet) {
        return (String) call(() -> importLine.invoke(snippet, shell));
    }

    private static Object call(Call call) {
        try {
            return call.make();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException broken) {
                throw broken;
            }
            if (e.getCause() instanceof Error broken) {
                throw broken;
            }
            throw new IllegalStateException("JShell's compiler failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("JShell's compiler changed its face", e);
        }
    }

    @FunctionalInterface
    private interface Call {
        Object make() throws ReflectiveOperationException;
    }
}
