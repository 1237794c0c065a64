package io.dagshell.magics;

import io.dagshell.engine.model.CodeIdentity;
import io.dagshell.engine.model.CodeIdentity.CodePart;
import io.dagshell.engine.model.Definitions;
import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import io.dagshell.kernel.session.CellRequest;
import io.dagshell.kernel.session.Declaration;
import io.dagshell.kernel.session.SessionContext;
import io.dagshell.magics.closure.Declared;
import io.dagshell.magics.closure.LiveCells;
import io.dagshell.magics.closure.Notebook;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The definitions of a running notebook. The class that holds a task's wrapper names the version of the code: only the
 * session's present class has the present closure, older ones keep what was known of them. Guarded by itself.
 */
final class SessionDefinitions implements Definitions {
    private volatile Notebook present;
    private final Map<Class<?>, TaskDefinition> known = Collections.synchronizedMap(new WeakHashMap<>());
    private final Map<TaskName, TaskDefinition> defined = new HashMap<>();
    private @Nullable Notebook definedIn;
    private volatile @Nullable SessionContext session;
    /** What was live before the declarations of each cell that is under way; those of subshells go side by side. */
    private final Map<CellRequest, LiveCells> before = new IdentityHashMap<>();

    SessionDefinitions(Notebook empty) {
        this.present = empty;
    }

    void opened(SessionContext context) {
        session = context;
    }

    Notebook notebook() {
        return present;
    }

    /** The session begins with this. */
    void present(Notebook notebook) {
        present = notebook;
    }

    /** From now on these declarations are live, if the cell that made them ends well. */
    void present(Notebook notebook, CellRequest cell) {
        before.putIfAbsent(cell, present.cells());
        present = notebook;
    }

    /** The cell ended well. */
    void settled(CellRequest cell) {
        before.remove(cell);
    }

    /** The cell ended otherwise: its constants that it did not come to are what they were. */
    void failed(CellRequest cell) {
        LiveCells old = before.remove(cell);
        if (old == null) {
            return;
        }
        LiveCells live = present.cells().settled(old, this::isLive);
        if (!live.equals(present.cells())) {
            present = present.with(session().classPath(), live);
        }
    }

    private SessionContext session() {
        SessionContext context = session;
        if (context == null) {
            throw new IllegalStateException("the session is not open");
        }
        return context;
    }

    /** Whether the session took any declaration from a cell. */
    boolean declares(int cell) {
        SessionContext context = session;
        return context == null || context.declarations().stream().anyMatch(each -> each.cell() == cell);
    }

    /**
     * What the session took from a cell and {@code declared} has not: its reader of cells sees more than the plain text
     * of them.
     */
    List<Declared> missing(List<Declared> declared, int cell) {
        SessionContext context = session;
        List<Declared> missing = new ArrayList<>();
        for (Declaration each : context == null ? List.<Declaration>of() : context.declarations()) {
            boolean known = declared.stream()
                    .anyMatch(one ->
                            one.sessionKind() == each.kind() && one.member().declares(each.name()));
            if (each.cell() == cell && !known) {
                missing.addAll(Declared.of(each.source(), cell, Optional.empty()));
            }
        }
        return missing;
    }

    /** Whether the session has it from that cell: not if its part of the cell is yet to come, or was taken back. */
    boolean isLive(Declared declared) {
        SessionContext context = session;
        Declaration.Kind kind = declared.sessionKind();
        return context != null
                && declared.member().names().stream()
                        .allMatch(name -> context.declarations().stream()
                                .anyMatch(each -> each.kind() == kind
                                        && each.name().equals(name)
                                        && each.cell() == declared.cell()));
    }

    @Override
    public TaskDefinition at(Class<?> site, TaskName name) {
        Notebook notebook = present;
        TaskDefinition definition = define(notebook, name)
                .orElseThrow(() -> new IllegalStateException("no cell declares the task or flow " + name));
        boolean isPresent = currentClass(name).filter(site.getName()::equals).isPresent();
        if (!isPresent || present != notebook) {
            TaskDefinition remembered = known.get(site);
            return remembered == null ? outdated(definition, "made by an earlier version of the cell") : remembered;
        }
        Optional<String> awaited = awaited(definition.code());
        if (awaited.isPresent()) {
            return outdated(definition, "constant " + awaited.get() + " has not got its value yet");
        }
        known.put(site, definition);
        return definition;
    }

    /** A constant in the code that a running cell has not come to. */
    private Optional<String> awaited(CodeIdentity code) {
        SessionContext context = session;
        return context != null && code instanceof CodeIdentity.Known known
                ? known.parts().stream()
                        .filter(part -> part.kind().equals(CodePart.CONSTANT))
                        .map(CodePart::name)
                        .filter(context::awaits)
                        .findFirst()
                : Optional.empty();
    }

    private static TaskDefinition outdated(TaskDefinition definition, String why) {
        return new TaskDefinition(
                definition.name(),
                definition.kind(),
                definition.parameters(),
                definition.returnType(),
                definition.policy(),
                new CodeIdentity.Unknown(why),
                definition.origin(),
                definition.blocks());
    }

    private Optional<String> currentClass(TaskName name) {
        SessionContext context = session;
        if (context == null) {
            return Optional.empty();
        }
        return context.declarations().stream()
                .filter(each ->
                        each.kind() == Declaration.Kind.METHOD && each.name().equals(name.value()))
                .map(Declaration::className)
                .findFirst();
    }

    private synchronized Optional<TaskDefinition> define(Notebook notebook, TaskName name) {
        if (definedIn != notebook) {
            defined.clear();
            definedIn = notebook;
        }
        TaskDefinition before = defined.get(name);
        if (before != null) {
            return Optional.of(before);
        }
        Optional<TaskDefinition> definition = notebook.definition(name);
        definition.ifPresent(found -> defined.put(name, found));
        return definition;
    }

    @Override
    public Optional<TaskDefinition> named(TaskName name) {
        return define(present, name);
    }

    @Override
    public Optional<FlowGraph> graph(TaskName flow) {
        return present.graph(flow);
    }

    @Override
    public Collection<TaskDefinition> all() {
        Notebook notebook = present;
        return notebook.tasks().stream()
                .flatMap(name -> define(notebook, name).stream())
                .toList();
    }
}
