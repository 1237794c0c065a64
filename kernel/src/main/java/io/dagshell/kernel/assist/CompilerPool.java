package io.dagshell.kernel.assist;

import com.sun.source.util.JavacTask;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.tools.DiagnosticListener;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * javac, kept warm between questions. The JDK's own pool of compiler contexts makes a question cost 1 ms instead of 10;
 * it needs {@code --add-exports jdk.compiler/com.sun.tools.javac.api=ALL-UNNAMED}, and without it each question pays for
 * a context of its own. As thread-safe as its file manager is, which all its compilers share.
 */
public final class CompilerPool {
    private static final String POOL = "com.sun.tools.javac.api.JavacTaskPool";

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    private final JavaFileManager files;
    private final @Nullable Object pool;

    CompilerPool(List<String> classPath) {
        this(onClassPath(classPath));
    }

    private CompilerPool(JavaFileManager files) {
        this.files = files;
        pool = open();
    }

    /** Compilers that read and write through {@code files}. */
    public static CompilerPool over(JavaFileManager files) {
        return new CompilerPool(files);
    }

    private static StandardJavaFileManager onClassPath(List<String> classPath) {
        StandardJavaFileManager files = COMPILER.getStandardFileManager(null, Locale.ROOT, null);
        files.handleOption(
                "-classpath",
                List.of(String.join(File.pathSeparator, classPath)).iterator());
        return files;
    }

    private static @Nullable Object open() {
        try {
            return Class.forName(POOL).getConstructor(int.class).newInstance(2);
        } catch (ReflectiveOperationException | LinkageError notExported) {
            return null;
        }
    }

    /** Gives a compiler for one source to {@code work}; nothing of it may be kept. */
    <T> T with(
            String source,
            List<String> options,
            DiagnosticListener<JavaFileObject> problems,
            Function<JavacTask, T> work) {
        return with(List.of(new Text(source)), options, problems, work);
    }

    /** The same for several sources. Trees that were parsed may be kept, what was found of their meaning may not. */
    public <T> T with(
            List<? extends JavaFileObject> units,
            List<String> options,
            DiagnosticListener<JavaFileObject> problems,
            Function<JavacTask, T> work) {
        List<String> all =
                Stream.concat(options.stream(), Preview.options().stream()).toList();
        if (pool == null) {
            return work.apply((JavacTask) COMPILER.getTask(null, files, problems, all, null, units));
        }
        return pooled(all, problems, units, work);
    }

    @SuppressWarnings("unchecked")
    private <T> T pooled(
            List<String> options,
            DiagnosticListener<JavaFileObject> problems,
            List<? extends JavaFileObject> units,
            Function<JavacTask, T> work) {
        try {
            Class<?> workerType = Class.forName(POOL + "$Worker");
            Object worker = Proxy.newProxyInstance(
                    CompilerPool.class.getClassLoader(),
                    new Class<?>[] {workerType},
                    (proxy, method, arguments) -> work.apply((JavacTask) arguments[0]));
            return (T) getTask().invoke(pool, null, files, problems, options, null, units, worker);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException broken) {
                throw broken;
            }
            throw new IllegalStateException("the compiler failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the compiler's pool changed its face", e);
        }
    }

    private static Method getTask() throws ClassNotFoundException {
        return Arrays.stream(Class.forName(POOL).getMethods())
                .filter(method -> method.getName().equals("getTask"))
                .findFirst()
                .orElseThrow();
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String source;

        Text(String source) {
            super(URI.create("cell:///REPL/$Cell.java"), Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }
    }
}
