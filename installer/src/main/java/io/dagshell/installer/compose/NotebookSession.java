package io.dagshell.installer.compose;

import io.dagshell.engine.approval.AskedAtTerminal;
import io.dagshell.engine.cache.CacheReport;
import io.dagshell.engine.cache.Refresh;
import io.dagshell.engine.loading.UserLoader;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.run.Engine;
import io.dagshell.kernel.dependency.DependencyExtension;
import io.dagshell.kernel.dependency.Libraries;
import io.dagshell.kernel.magic.FileMagics;
import io.dagshell.kernel.magic.JvmMagics;
import io.dagshell.kernel.magic.ShellMagics;
import io.dagshell.kernel.session.JavaSession;
import io.dagshell.kernel.session.KernelExtension;
import io.dagshell.magics.CellExtension;
import io.dagshell.magics.display.RunDisplay;
import io.dagshell.runner.LocalState;
import io.dagshell.store.KeyWords;
import io.dagshell.tables.Descriptions;
import io.dagshell.tables.TableView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * A Java session in which cells are tasks and flows.
 *
 * <pre>{@code
 * CellExtension(definitions, tee, carrier)
 *     -> Engine(cache, records and RunDisplay, blocks)  -> back into the extension
 *     -> JavaSession(UserApi)
 * }</pre>
 */
public final class NotebookSession implements AutoCloseable {
    private final JavaSession session;
    private final CellExtension extension;
    private final RunDisplay display;
    private final Engine engine;
    private final UserLoader loader;
    private final Libraries libraries;

    private NotebookSession(
            JavaSession session,
            CellExtension extension,
            RunDisplay display,
            Engine engine,
            UserLoader loader,
            Libraries libraries) {
        this.session = session;
        this.extension = extension;
        this.display = display;
        this.engine = engine;
        this.loader = loader;
        this.libraries = libraries;
    }

    /**
     * Opens one.
     *
     * @param notebook file name, or empty when it is not known
     * @param origin {@code notebook} or {@code headless}
     */
    public static NotebookSession open(LocalState state, String notebook, String origin) {
        return open(state, notebook, origin, Refresh.none());
    }

    /** One that computes some tasks anew. */
    static NotebookSession open(LocalState state, String notebook, String origin, Refresh refresh) {
        CellExtension extension = CellExtension.create(notebook);
        RunDisplay display = new RunDisplay(
                extension::graph, () -> new CellSurface(extension.session().output()), Clock.systemUTC());
        Engine engine = Engine.builder()
                .definitions(extension.definitions())
                .cache(refresh.over(state.cache(), extension::graphs))
                .results(refresh.over(state.results(), extension::graphs))
                .approvals(
                        // The terminal's, for System.in is the cell's once a session is open.
                        origin.equals("headless") ? AskedAtTerminal.reading(System.in) : AskedAtTerminal.ofProcess())
                .values(state.kept().codecs())
                .tagLimits(state.tagLimits())
                .sink(state.records().and(display))
                .blocks(state.blocks())
                .tee(extension.tee())
                .carrier(extension.carrier())
                .views(List.of(new TableView()))
                .stopChecks(extension.stopChecks())
                .origin(origin)
                .source(extension::source)
                .describe(Descriptions::of)
                .frames(frame -> extension.session().place(frame))
                .build();
        extension.use(engine);
        extension.report(new CacheReport(state.kept(), Clock.systemUTC(), new KeyWords(state.runs())::why));
        extension.views(List.of(new TableView()));
        UserLoader loader = UserApi.loader();
        Libraries libraries = NotebookLibraries.open();
        List<KernelExtension> extensions = List.of(
                new DependencyExtension(libraries),
                new ShellMagics(),
                new FileMagics(),
                new JvmMagics(notebook.isEmpty() ? Optional.empty() : Optional.of(Path.of(notebook))),
                new TableSizes(),
                new SqlCells(state.blocks()),
                extension,
                new RunMagics(extension, state.runs()),
                new DeployMagic(extension, notebook));
        JavaSession session = JavaSession.open(UserApi.classPath(), loader, loader::add, extensions);
        return new NotebookSession(session, extension, display, engine, loader, libraries);
    }

    public JavaSession session() {
        return session;
    }

    /** Whether a cell that ran declares a task or flow of that name. */
    boolean declares(TaskName task) {
        return extension.definitions().named(task).isPresent();
    }

    @Override
    public void close() throws IOException {
        session.close();
        engine.close();
        display.close();
        loader.close();
        libraries.close();
    }
}
