package io.dagshell.kernel.session;

import io.dagshell.kernel.assist.JavaScope;
import io.dagshell.kernel.assist.Preview;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import org.jspecify.annotations.Nullable;

/**
 * A running Java session: cells enter as text, are transformed by the extensions, checked as a whole, and run.
 *
 * <pre>{@code
 * try (JavaSession session = JavaSession.open(classPath, userLoader, List.of(extension))) {
 *     CellResult result = session.execute(new CellRequest("etl.ipynb[1]", 1, "1 + 1"), output);
 * }
 * }</pre>
 *
 * <p>Cells may come from several threads: they are declared one after the other and their code runs side by side, for
 * JShell is guarded by one lock, which is free while user code runs. {@link #interrupt} may come from any thread.
 */
public final class JavaSession implements AutoCloseable {
    /** The first one names the snippet that holds them all: a cell would replace them with it, but none writes it. */
    private static final List<String> OWN_IMPORTS = List.of(
            "import io.dagshell.kernel.session.Display.*;", "import static io.dagshell.kernel.session.Display.*;");

    private final ReentrantLock lock = new ReentrantLock();
    private final List<KernelExtension> extensions;
    private final JShell shell;
    private final LiveDeclarations live;
    private final CellCompiler compiler;
    private final CellRunner runner;
    private final CellExecution execution;
    private final ErrorReport errors;
    private final Rendering rendering;
    private final OpenSession context;
    private final JarLoader jars;
    private final SessionAssist assist;
    private final CompilerPath compilerPath;
    private final OnDemandImports onDemand;
    private volatile JavaScope scope;
    /** The revision of what is live that was told to others last, guarded by the lock. */
    private int published;

    private JavaSession(
            List<String> classPath, ClassLoader parent, Optional<JarLoader> jars, List<KernelExtension> extensions) {
        this.extensions = List.copyOf(extensions);
        StopSwitch stopSwitch = new StopSwitch();
        SnippetLoader loader = new SnippetLoader(parent, stopSwitch);
        this.jars = jars.orElse(loader::add);
        SnippetControl control = new SnippetControl(loader);
        compilerPath = new CompilerPath(classPath);
        shell = JShell.builder()
                .executionEngine(control, Map.of())
                .fileManager(compilerPath::of)
                .compilerOptions(compilerOptions())
                .build();
        JShellIndex.suspend(shell.sourceCodeAnalysis());
        live = new LiveDeclarations(shell);
        FrameLines lines = new FrameLines();
        onDemand = new OnDemandImports(compilerPath, loader);
        Variables variables = new Variables(loader, live);
        compiler = new CellCompiler(shell, control, loader, live, lines, variables, onDemand);
        errors = new ErrorReport(lines, name -> this.extensions.stream().anyMatch(e -> e.hidesFrame(name)));
        rendering = new Rendering(this.extensions);
        runner = new CellRunner(this.extensions, loader, stopSwitch, errors, lock);
        context = new OpenSession(classPath, loader, lines, this::addLibraries, runner::running);
        Magics magics = new Magics(this.extensions, ownMagics());
        assist = new SessionAssist(this.extensions, magics, () -> scope, name -> value(variables, name));
        execution = new CellExecution(
                this.extensions, shell.sourceCodeAnalysis(), compiler, runner, errors, loader, magics, this::publish);
        scope = new JavaScope(List.of(), List.of(), compilerPath.entries());
    }

    /**
     * Opens a session.
     *
     * @param classPath what user code compiles and runs against, besides the JDK
     * @param parent loader of those classes as user code may see them
     */
    public static JavaSession open(List<String> classPath, ClassLoader parent, List<KernelExtension> extensions) {
        return open(new JavaSession(classPath, parent, Optional.empty(), extensions));
    }

    /** As {@link #open(List, ClassLoader, List)}, with a parent that takes the jars cells declare. */
    public static JavaSession open(
            List<String> classPath, ClassLoader parent, JarLoader jars, List<KernelExtension> extensions) {
        return open(new JavaSession(classPath, parent, Optional.of(jars), extensions));
    }

    private static JavaSession open(JavaSession session) {
        ProcessStreams.install();
        session.lock.lock();
        try {
            session.extensions.forEach(extension -> extension.opened(session.context));
            session.importDefaults();
        } finally {
            session.lock.unlock();
        }
        return session;
    }

    /** Strings are joined without making a class at run time for each form of joining, ten milliseconds for the first. */
    private static String[] compilerOptions() {
        return Stream.concat(Stream.of("-XDstringConcat=inline"), Preview.options().stream())
                .toArray(String[]::new);
    }

    private void importDefaults() {
        List<String> imports = new ArrayList<>(OWN_IMPORTS);
        extensions.forEach(extension -> imports.addAll(extension.defaultImports()));
        // A single name that a cell imports from elsewhere later takes the place of its own snippet, and of no other.
        List<String> wide =
                imports.stream().filter(each -> each.endsWith(".*;")).toList();
        List<String> single =
                imports.stream().filter(each -> !wide.contains(each)).toList();
        if (!declareImports(String.join("\n", wide))) {
            wide.forEach(this::declareImports);
        }
        single.forEach(this::declareImports);
        publish();
    }

    /** JShell reads and checks as a whole what it is given at once: fifteen imports cost as much as one. */
    private boolean declareImports(String lines) {
        CellText text = new CellText(new CellRequest("[0]", 0, lines), TransformedCell.unchanged(lines));
        return compiler.compile(text, List.of(new Piece(0, lines))).problems().isEmpty();
    }

    /** What was published stays true as long as nothing is declared or dropped; most cells do neither. */
    private void publish() {
        if (published == live.revision()) {
            return;
        }
        published = live.revision();
        context.publish(live.snapshot());
        scope = live.scope(compilerPath.entries());
    }

    private Map<String, KernelExtension.LineMagic> ownMagics() {
        Map<String, KernelExtension.LineMagic> own =
                new LinkedHashMap<>(new DeclarationMagics(context, () -> scope, this::assist, this::reset).lines());
        own.put("classpath", entry -> {
            addToClassPath(entry);
            return Optional.empty();
        });
        return own;
    }

    private SessionAssist assist() {
        return assist;
    }

    /** Called by a magic on the cell's thread. */
    private int reset() {
        lock.lock();
        try {
            int forgotten = compiler.takingBack().forgetCells();
            rendering.reset();
            importDefaults();
            return forgotten;
        } finally {
            lock.unlock();
        }
    }

    /** Called by a magic on the cell's thread. */
    private void addToClassPath(String entry) {
        lock.lock();
        try {
            compilerPath.add(shell, entry);
            onDemand.forget();
            jars.add(Stream.of(entry.split(File.pathSeparator)).map(Path::of).toList());
            scope = live.scope(compilerPath.entries());
            context.addToClassPath(entry);
        } finally {
            lock.unlock();
        }
    }

    /** Called by an extension on the cell's thread. */
    private void addLibraries(List<Library> libraries) {
        if (!libraries.isEmpty()) {
            addToClassPath(libraries.stream()
                    .map(library -> library.path().toString())
                    .collect(Collectors.joining(File.pathSeparator)));
        }
    }

    /** What extensions see of this session. */
    public SessionContext context() {
        return context;
    }

    /** Compiles declarations and takes them back: what the compiler needs for them is loaded before the first cell. */
    public void rehearse(String java) {
        lock.lock();
        try {
            CellText text = new CellText(new CellRequest("", -1, java), TransformedCell.unchanged(java));
            compiler.takingBack()
                    .rollBack(
                            compiler.compile(text, List.of(new Piece(0, java))).before());
        } finally {
            lock.unlock();
        }
    }

    /** Runs a cell without input. Never throws for what the cell did. */
    public CellResult execute(CellRequest cell, CellOutput output) {
        return execute(cell, output, CellInput.NONE);
    }

    /** Runs a cell. Never throws for what the cell did. */
    public CellResult execute(CellRequest cell, CellOutput output, CellInput input) {
        return execute(cell, output, input, new CellInterrupt());
    }

    /** As {@link #execute(CellRequest, CellOutput, CellInput)}, with what stops this cell and no other. */
    public CellResult execute(CellRequest cell, CellOutput output, CellInput input, CellInterrupt interrupt) {
        return run(new CellRun(cell, output, input, interrupt, rendering), execution::run);
    }

    private CellResult run(CellRun run, Work work) {
        Scope scope = Scope.of(run);
        lock.lock();
        try (Scope.Entered entered = scope.enter();
                CellInterrupt.Begun begun = begin(run)) {
            scope.begins();
            return attempt(run, work);
        } finally {
            run.ends();
            runner.ended(run);
            scope.ends();
            lock.unlock();
        }
    }

    private CellInterrupt.Begun begin(CellRun run) {
        runner.begins(run);
        return run.interrupt().begin(() -> interrupt(run));
    }

    /** What is done with a cell. */
    @FunctionalInterface
    private interface Work {
        void of(CellRun run) throws InterruptedException;
    }

    private CellResult attempt(CellRun run, Work work) {
        try {
            runner.requireGoing(run);
            work.of(run);
            return new CellResult.Done();
        } catch (CellFailure failure) {
            run.output().error(failure.error());
            return failure.result();
        } catch (CellProblem problem) {
            return failed(run, errors.refused(run.cell(), problem));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CellError error = ErrorReport.ended("Interrupted", "the session is closing");
            run.output().error(error);
            return new CellResult.Interrupted(error);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError ofCompilerOrExtension) {
            return failed(run, errors.thrown(ofCompilerOrExtension));
        }
    }

    private static CellResult failed(CellRun run, CellError error) {
        run.output().error(error);
        return new CellResult.Failed(error);
    }

    /**
     * What may stand at the cursor, also while a cell runs.
     *
     * @param cursor in UTF-16 units of {@code text}
     */
    public Completions complete(String text, int cursor) {
        return assist.complete(text, cursor);
    }

    /** A variable's value, from what the last cell published. */
    private @Nullable Object value(Variables variables, String name) {
        return context.declarations().stream()
                .filter(each ->
                        each.kind() == Declaration.Kind.VARIABLE && each.name().equals(name))
                .findFirst()
                .map(each -> variables.value(each.className(), name))
                .orElse(null);
    }

    /**
     * What the name at the cursor is, by MIME type ({@code text/plain} and {@code text/html}); empty for no name.
     *
     * @param cursor in UTF-16 units of {@code text}
     * @param detailed with documentation, not only the signature
     */
    public Optional<Map<String, String>> inspect(String text, int cursor, boolean detailed) {
        return assist.inspect(text, cursor, detailed);
    }

    /** Whether a cell may be run as it stands. */
    public Completeness completeness(String text) {
        return assist.completeness(text);
    }

    /** Evaluates expressions as the cell that just ran, each on its own; never throws for what they did. */
    public Map<String, Evaluated> evaluate(
            CellRequest cell, Map<String, String> expressions, CellOutput output, CellInterrupt interrupt) {
        Map<String, Evaluated> values = new LinkedHashMap<>();
        expressions.forEach((name, java) ->
                values.put(name, evaluate(new CellRequest(cell.source(), cell.number(), java), output, interrupt)));
        return values;
    }

    private Evaluated evaluate(CellRequest expression, CellOutput output, CellInterrupt interrupt) {
        ExpressionOutput kept = new ExpressionOutput(output);
        CellRun run = new CellRun(expression, kept, CellInput.NONE, interrupt, rendering);
        return kept.evaluated(run(run, execution::evaluate));
    }

    /** What the compiler holds of earlier cells; for tests of its growth. */
    int generatedClasses() {
        lock.lock();
        try {
            return compiler.generatedClasses();
        } finally {
            lock.unlock();
        }
    }

    /** How many statements were compiled in one pass; for tests that they are. */
    int statementsInOnePass() {
        lock.lock();
        try {
            return compiler.statementsInOnePass();
        } finally {
            lock.unlock();
        }
    }

    /** Stops what runs, if anything. */
    public void interrupt() {
        CellInterrupt.interrupt(
                runner.running().stream().map(CellRun::interrupt).toList());
    }

    private void interrupt(CellRun run) {
        if (!runner.running().contains(run)) {
            return;
        }
        try {
            extensions.forEach(KernelExtension::interrupted);
        } finally {
            runner.interrupt(run);
        }
    }

    /** Ends the session and its JShell; a running cell is interrupted. */
    @Override
    public void close() {
        interrupt();
        lock.lock();
        try {
            shell.close();
        } finally {
            lock.unlock();
        }
    }
}
