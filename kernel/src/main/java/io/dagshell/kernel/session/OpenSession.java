package io.dagshell.kernel.session;

import java.io.File;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What extensions see of a session. Thread-safe: the declarations are a snapshot replaced as a whole. */
final class OpenSession implements SessionContext {
    private final List<String> classPath;
    private final SnippetLoader loader;
    private final FrameLines lines;
    private final Consumer<List<Library>> addToSession;
    private final Supplier<List<CellRun>> running;
    private final List<Library> libraries = new CopyOnWriteArrayList<>();
    private volatile List<Declaration> declarations = List.of();

    OpenSession(
            List<String> classPath,
            SnippetLoader loader,
            FrameLines lines,
            Consumer<List<Library>> addToSession,
            Supplier<List<CellRun>> running) {
        this.classPath = new CopyOnWriteArrayList<>(classPath);
        this.loader = loader;
        this.lines = lines;
        this.addToSession = addToSession;
        this.running = running;
    }

    void publish(List<Declaration> snapshot) {
        declarations = snapshot;
    }

    void addToClassPath(String entry) {
        classPath.addAll(List.of(entry.split(File.pathSeparator)));
    }

    @Override
    public List<Declaration> declarations() {
        return declarations;
    }

    @Override
    public boolean awaits(String variable) {
        return running.get().stream().anyMatch(run -> run.awaits(variable));
    }

    @Override
    public Optional<CellRequest> cell() {
        return Optional.ofNullable(Scope.current()).map(scope -> scope.run().cell());
    }

    @Override
    public CellOutput output() {
        return scope().run().output();
    }

    private static Scope scope() {
        Scope scope = Scope.current();
        if (scope == null) {
            throw new IllegalStateException("this thread works for no cell");
        }
        return scope;
    }

    @Override
    public List<String> classPath() {
        return List.copyOf(classPath);
    }

    @Override
    public List<Library> libraries() {
        return List.copyOf(libraries);
    }

    @Override
    public void addLibraries(List<Library> added) {
        addToSession.accept(added);
        libraries.addAll(added);
    }

    @Override
    public ClassLoader userLoader() {
        return loader;
    }

    @Override
    public Optional<String> place(StackTraceElement frame) {
        return lines.find(frame).map(line -> line.text().cell().source() + ":" + line.line());
    }

    @Override
    public Runnable carry(Runnable work) {
        Scope scope = Scope.current();
        return () -> {
            try (Scope.Entered entered = Scope.enter(scope)) {
                work.run();
            }
        };
    }

    @Override
    public AutoCloseable stopChecks(Runnable check) {
        return loader.stopSwitch().arm(check);
    }

    @Override
    public AutoCloseable tee(LineListener listener) {
        LineTee tee = new LineTee(listener);
        Scope.Entered entered = scope().with(tee).enter();
        return () -> {
            entered.close();
            tee.close();
        };
    }
}
