package io.dagshell.magics;

import io.dagshell.engine.cache.CacheReport;
import io.dagshell.engine.model.Definitions;
import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.run.ContextCarrier;
import io.dagshell.engine.run.Engine;
import io.dagshell.engine.run.OutputTee;
import io.dagshell.engine.run.StopChecks;
import io.dagshell.engine.view.View;
import io.dagshell.kernel.session.CellRequest;
import io.dagshell.kernel.session.KernelExtension;
import io.dagshell.kernel.session.MagicLines;
import io.dagshell.kernel.session.SessionContext;
import io.dagshell.kernel.session.TransformedCell;
import io.dagshell.magics.closure.Declared;
import io.dagshell.magics.closure.LiveCells;
import io.dagshell.magics.closure.Notebook;
import io.dagshell.magics.header.CellKind;
import io.dagshell.magics.header.HeaderCompletion;
import io.dagshell.magics.header.HeaderHelp;
import io.dagshell.magics.parameter.SessionParameters;
import io.dagshell.magics.rewrite.CellRewrite;
import io.dagshell.magics.rewrite.RewrittenCell;
import io.dagshell.magics.rewrite.TaskMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Cells that are tasks and flows, in a running session: reads headers, refuses what a task may not do before anything
 * runs, knows the code behind every call, and shows the graph a flow would run. One session each.
 */
public final class CellExtension implements KernelExtension {
    private final String notebook;
    private final SessionDefinitions definitions;
    private volatile @Nullable SessionContext session;
    private volatile @Nullable Engine engine;
    private volatile List<View> views = List.of();
    private volatile Map<String, LineMagic> lineMagics = Map.of();
    private final SessionParameters parameters = new SessionParameters();
    private final CurrentCell current = new CurrentCell();
    private final ChangedTasks changed = new ChangedTasks();
    private final FlowPictures pictures = new FlowPictures();

    private CellExtension(String notebook) {
        this.notebook = notebook;
        this.definitions =
                new SessionDefinitions(new Notebook(notebook, DefaultImports.LIST, List.of(), LiveCells.none()));
    }

    /** For the notebook of that file name; empty when it is not known. */
    public static CellExtension create(String notebook) {
        return new CellExtension(notebook);
    }

    /** The engine that runs what cells call. */
    public void use(Engine value) {
        engine = value;
    }

    /** The cache to ask with {@code %cache}. */
    public void report(CacheReport cache) {
        lineMagics = Map.of("cache", new CacheMagic(cache, definitions, notebook));
    }

    @Override
    public Map<String, LineMagic> lineMagics() {
        return lineMagics;
    }

    @Override
    public Map<String, String> magicHelp() {
        Map<String, String> help = new TreeMap<>(HeaderHelp.magics());
        help.put(
                "%cache",
                "%cache why TASK, ls, rm, gc, verify\n\nSays why a task is computed or taken from the cache, lists and tidies it.");
        return help;
    }

    /** How values show themselves. */
    public void views(List<View> value) {
        views = List.copyOf(value);
    }

    /** The present definitions. */
    public Definitions definitions() {
        return definitions;
    }

    /** The graph of a flow, if there is one of that name. */
    public Optional<FlowGraph> graph(TaskName flow) {
        return definitions.notebook().graph(flow);
    }

    /** The graphs of all flows. */
    public Map<TaskName, FlowGraph> graphs() {
        Notebook present = definitions.notebook();
        Map<TaskName, FlowGraph> graphs = new TreeMap<>();
        definitions.all().stream()
                .filter(each -> each.kind() == Kind.FLOW)
                .forEach(each -> present.graph(each.name()).ifPresent(graph -> graphs.put(each.name(), graph)));
        return graphs;
    }

    /** The cell the calling thread works for, {@code etl.ipynb[7]}: others may run beside it. */
    public String source() {
        return session().cell().map(CellRequest::source).orElse("");
    }

    /** The session this is part of. */
    public SessionContext session() {
        SessionContext context = session;
        if (context == null) {
            throw new IllegalStateException("the session is not open");
        }
        return context;
    }

    /** Lets the engine see what tasks print. */
    public OutputTee tee() {
        return lines -> {
            AutoCloseable tee = session().tee(lines::line);
            return () -> {
                try {
                    tee.close();
                } catch (Exception failure) {
                    throw new IllegalStateException("the copy of a cell's output could not be ended", failure);
                }
            };
        };
    }

    /** Lets the engine stop code of cells that reacts to no interrupt. */
    public StopChecks stopChecks() {
        return check -> {
            AutoCloseable armed = session().stopChecks(check);
            return () -> {
                try {
                    armed.close();
                } catch (Exception failure) {
                    throw new IllegalStateException("the stop checks could not be ended", failure);
                }
            };
        };
    }

    /** Makes the engine's threads work in the name of the cell. */
    public ContextCarrier carrier() {
        return work -> session().carry(work);
    }

    @Override
    public void opened(SessionContext context) {
        session = context;
        definitions.opened(context);
        definitions.present(definitions.notebook().with(context.classPath(), LiveCells.none()));
    }

    @Override
    public List<String> defaultImports() {
        return DefaultImports.LIST;
    }

    @Override
    public Optional<TransformedCell> transform(CellRequest cell) {
        Optional<TransformedCell> headed = current.rewritten(cell.text()).map(RewrittenCell::transformed);
        return headed.isPresent() ? headed : parameters.transform(cell.text(), session());
    }

    @Override
    public Optional<TransformedCell> transformForAssist(String text) {
        return CellRewrite.forAssist(text);
    }

    /** A task or flow replaces every method of its name, and its own body with it. */
    @Override
    public Set<String> supersedes(CellRequest cell) {
        return current.rewritten(cell.text())
                .flatMap(RewrittenCell::method)
                .map(method -> Set.of(method.name(), method.bodyName()))
                .orElse(Set.of());
    }

    /** Makes the cell's declarations the present ones; a task or flow is looked at as a whole first. */
    @Override
    public void checked(CellRequest cell) {
        Optional<RewrittenCell> rewritten = current.rewritten(cell.text());
        LiveCells live = definitions.notebook().cells();
        List<Declared> declared = declared(cell, rewritten);
        live.refuseOverloads(declared);
        Notebook next = definitions.notebook().with(session().classPath(), live.with(declared));
        next.refuseWrites(
                cell.text(),
                declared,
                () -> rewritten.isPresent()
                        ? List.of()
                        : Declared.statements(
                                MagicLines.blanked(cell.text()), cell.number(), current.parses(cell.text())));
        rewritten
                .flatMap(RewrittenCell::method)
                .map(TaskMethod::name)
                .map(TaskName::new)
                .ifPresent(next::definition);
        if (!next.cells().equals(definitions.notebook().cells())) {
            changed.about(cell, definitions.notebook(), next, declared);
            definitions.present(next, cell);
        }
    }

    /** What the session took from the cell; most cells declare nothing, and need not be read. */
    private List<Declared> declared(CellRequest cell, Optional<RewrittenCell> rewritten) {
        if (rewritten.isEmpty() && !definitions.declares(cell.number())) {
            return List.of();
        }
        String text = MagicLines.blanked(cell.text());
        List<Declared> declared =
                new ArrayList<>(Declared.of(text, cell.number(), rewritten, current.parses(cell.text())));
        declared.removeIf(each -> !definitions.isLive(each));
        if (rewritten.isEmpty()) {
            declared.addAll(definitions.missing(declared, cell.number()));
        }
        return declared;
    }

    @Override
    public AutoCloseable around(CellRequest cell) {
        Engine running = engine;
        return running == null ? () -> {} : running.bind();
    }

    @Override
    public void failed(CellRequest cell) {
        definitions.failed(cell);
        changed.failed(cell);
    }

    /** A flow cell shows the way it would go; values that a run gives its parameters are set and told. */
    @Override
    public void completed(CellRequest cell) {
        definitions.settled(cell);
        Optional<RewrittenCell> rewritten = current.rewritten(cell.text());
        tell(rewritten
                .filter(each -> each.header().kind() == CellKind.PARAMS)
                .map(params -> parameters.declared(params, session()))
                .orElseGet(() -> given(cell)));
        rewritten.flatMap(RewrittenCell::method).map(TaskMethod::name).ifPresent(this::warn);
        rewritten
                .filter(each -> each.header().kind() == CellKind.FLOW)
                .flatMap(RewrittenCell::method)
                .map(method -> new TaskName(method.name()))
                .ifPresent(flow -> graph(flow)
                        .ifPresent(graph -> pictures.show(flow, graph, session().output())));
        tellChanges(cell);
    }

    private void tellChanges(CellRequest cell) {
        List<ChangedTasks.Changed> tasks = changed.settled(cell, definitions.notebook());
        tasks.forEach(each -> session().output().stdout(each.inWords() + "\n"));
        pictures.mark(tasks, session().output());
    }

    private void warn(String task) {
        definitions
                .notebook()
                .unrepeatable(new TaskName(task))
                .forEach(call -> session().output().stderr(call.inWords(task) + "\n"));
    }

    private void tell(Map<String, String> set) {
        set.forEach((name, value) -> session().output().stdout(name + " = " + value + "\n"));
    }

    private Map<String, String> given(CellRequest cell) {
        Map<String, String> set = parameters.given(cell.text(), session());
        if (set.isEmpty() && parameters.isGiving(cell.text(), session())) {
            String names = String.join(", ", parameters.waiting());
            session().output().stdout("for the %%params cell that declares it: " + names + "\n");
        }
        return set;
    }

    @Override
    public void interrupted() {
        Engine running = engine;
        if (running != null) {
            running.cancel();
        }
    }

    @Override
    public List<Suggestion> complete(String text, int offset) {
        return HeaderCompletion.at(text, offset);
    }

    @Override
    public Optional<String> inspect(String text, int offset) {
        return HeaderHelp.at(text, offset);
    }

    @Override
    public Optional<Map<String, String>> render(Object value) {
        return views.stream()
                .filter(view -> view.shows(value))
                .findFirst()
                .map(view -> view.render(value).content());
    }

    @Override
    public boolean hidesFrame(String className) {
        return className.startsWith("io.dagshell.") || className.startsWith("dev.failsafe.");
    }
}
