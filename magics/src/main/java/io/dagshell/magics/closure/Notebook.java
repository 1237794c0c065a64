package io.dagshell.magics.closure;

import io.dagshell.engine.model.CodeIdentity;
import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.Parameter;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import io.dagshell.magics.header.CellKind;
import io.dagshell.magics.rewrite.RewrittenCell;
import io.dagshell.magics.rewrite.TaskMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/**
 * The tasks and flows of a set of live declarations. The one that is asked for first, which is most often the one that was
 * just declared, is looked at alone; for a second one all declarations are attributed, once. Thread-safe: guarded by itself.
 */
public final class Notebook {
    private final String name;
    private final List<String> defaultImports;
    private final LibraryFiles.Shared files;
    private final LiveCells cells;
    private @Nullable Attribution attribution;
    private @Nullable Looked looked;

    /** The declarations of {@code cells} in the notebook of that file name, which may be empty. */
    public Notebook(String name, List<String> defaultImports, List<String> classPath, LiveCells cells) {
        this(name, defaultImports, new LibraryFiles.Shared(classPath), cells);
    }

    private Notebook(String name, List<String> defaultImports, LibraryFiles.Shared files, LiveCells cells) {
        this.name = name;
        this.defaultImports = List.copyOf(defaultImports);
        this.files = files;
        this.cells = cells;
    }

    /** The notebook with other declarations, perhaps on a longer class path. */
    public Notebook with(List<String> classPath, LiveCells others) {
        LibraryFiles.Shared same = files.classPath().equals(classPath) ? files : new LibraryFiles.Shared(classPath);
        return new Notebook(name, defaultImports, same, others);
    }

    public LiveCells cells() {
        return cells;
    }

    /** Names of all tasks and flows, in the order of their declaration. */
    public List<TaskName> tasks() {
        return headed().map(each -> new TaskName(each.member().name())).toList();
    }

    private Stream<Declared> headed() {
        return cells.declarations().stream().filter(each -> each.headed().isPresent());
    }

    private Optional<Declared> headed(TaskName task) {
        return headed().filter(each -> each.member().name().equals(task.value()))
                .findFirst();
    }

    /**
     * The definition of a task or flow.
     *
     * @throws io.dagshell.kernel.session.CellProblem its code is not allowed in a task
     */
    public synchronized Optional<TaskDefinition> definition(TaskName task) {
        return headed(task).map(each -> look(each).definition());
    }

    /** The definition of a task whose header asks for the cache; empty for any other. */
    public synchronized Optional<TaskDefinition> cached(TaskName task) {
        return headed(task).filter(Declared::isCached).map(each -> look(each).definition());
    }

    /** The cell that declares a task or flow. */
    public int cellOf(TaskName task) {
        return headed(task).map(Declared::cell).orElse(0);
    }

    /**
     * Looks at a cell whose declarations are among these, and at its statements.
     *
     * @throws io.dagshell.kernel.session.CellProblem it gives a constant another value
     */
    public synchronized void refuseWrites(String cell, List<Declared> declared, Supplier<List<Declared>> statements) {
        if (!ConstantWrites.isLikely(cell, cells)) {
            return;
        }
        List<Declared> pieces = new ArrayList<>(declared);
        List<Declared> running = statements.get();
        pieces.addAll(running);
        Attribution.look(defaultImports, cells, running, files, attribution -> {
            ConstantWrites.refuse(attribution, pieces);
            return attribution;
        });
    }

    /** What a cached task calls though it does not give the same again; nothing for one that is not cached. */
    public synchronized List<Unrepeatable> unrepeatable(TaskName task) {
        return headed(task)
                .filter(Declared::isCached)
                .map(each -> look(each).unrepeatable())
                .orElse(List.of());
    }

    /** The graph of a flow. */
    public synchronized Optional<FlowGraph> graph(TaskName flow) {
        return headed(flow)
                .map(each -> lookedAt(each).map(Looked::graph).orElseGet(() -> GraphReader.read(each, attribution())));
    }

    /** All that is asked of a task or flow. */
    private record Looked(
            Declared declared, TaskDefinition definition, List<Unrepeatable> unrepeatable, FlowGraph graph) {}

    private Looked look(Declared declared) {
        Optional<Looked> last = lookedAt(declared);
        if (last.isPresent()) {
            return last.get();
        }
        Looked found = looked == null && attribution == null
                ? Attribution.look(defaultImports, cells, List.of(), files, attributed -> look(declared, attributed))
                : look(declared, attribution());
        looked = found;
        return found;
    }

    private Optional<Looked> lookedAt(Declared declared) {
        return Optional.ofNullable(looked).filter(last -> last.declared() == declared);
    }

    private Looked look(Declared declared, Attribution attributed) {
        Closure closure = Closure.of(declared, attributed);
        return new Looked(
                declared,
                define(declared, attributed, closure),
                closure.unrepeatable(),
                GraphReader.read(declared, attributed));
    }

    private Attribution attribution() {
        if (attribution == null) {
            attribution = Attribution.of(defaultImports, cells, files);
        }
        return attribution;
    }

    private TaskDefinition define(Declared declared, Attribution attributed, Closure closure) {
        RewrittenCell cell = declared.headed().orElseThrow();
        TaskMethod method = cell.method().orElseThrow();
        Element element = attributed
                .entry(declared)
                .map(entry -> attributed.trees.getElement(entry.path()))
                .orElse(null);
        CodeIdentity code = closure.identity();
        return new TaskDefinition(
                new TaskName(method.name()),
                cell.header().kind() == CellKind.FLOW ? Kind.FLOW : Kind.TASK,
                parameters(method, element),
                element instanceof ExecutableElement executable
                        ? executable.getReturnType().toString()
                        : method.returnType(),
                cell.header().policyOf(method.name(), method.returnsNothing()),
                code,
                new TaskDefinition.Origin(name, declared.cell(), method.line()),
                closure.blocks());
    }

    private static List<Parameter> parameters(TaskMethod method, @Nullable Element element) {
        if (element instanceof ExecutableElement executable) {
            return executable.getParameters().stream()
                    .map(each -> new Parameter(each.getSimpleName().toString(), typeOf(each), Optional.empty()))
                    .toList();
        }
        return method.parameters().stream()
                .map(each -> new Parameter(each.name(), each.type(), Optional.empty()))
                .toList();
    }

    private static String typeOf(VariableElement parameter) {
        return parameter.asType().toString().replace(", ", ",");
    }
}
