package io.dagshell.installer.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.dagshell.engine.model.Parameter;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.parameter.JsonForm;
import io.dagshell.engine.parameter.ParameterException;
import io.dagshell.engine.run.Engine;
import io.dagshell.engine.view.MimeBundle;
import io.dagshell.kernel.session.CellProblem;
import io.dagshell.kernel.session.Declaration;
import io.dagshell.kernel.session.KernelExtension;
import io.dagshell.kernel.session.SessionContext;
import io.dagshell.magics.CellExtension;
import io.dagshell.store.NotResumableException;
import io.dagshell.store.ResumableRun;
import io.dagshell.store.RunHistory;
import io.dagshell.store.RunRecord;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code %runs}, {@code %runs ID} and {@code %resume ID} in a session. */
final class RunMagics implements KernelExtension {
    private final CellExtension cells;
    private final RunHistory history;
    private volatile @Nullable SessionContext session;

    RunMagics(CellExtension cells, RunHistory history) {
        this.cells = cells;
        this.history = history;
    }

    @Override
    public void opened(SessionContext context) {
        session = context;
    }

    @Override
    public Map<String, LineMagic> lineMagics() {
        return Map.of("runs", this::runs, "resume", this::resume);
    }

    @Override
    public Map<String, String> magicHelp() {
        return Map.of(
                "%runs",
                "%runs [ID]\n\nLists the latest runs, or shows one: its tasks, their times and what went wrong.",
                "%resume",
                "%resume ID\n\nGoes on with a run that failed: what it finished is taken over, the rest runs as it is now.");
    }

    @Override
    public Optional<Map<String, String>> render(Object value) {
        return value instanceof MimeBundle bundle ? Optional.of(bundle.content()) : Optional.empty();
    }

    private Optional<Object> runs(String id) {
        RunsView view = new RunsView(history, cells::graph);
        if (id.isBlank()) {
            return Optional.of(view.latest());
        }
        List<RunRecord> found = history.startingWith(id.strip(), 2);
        if (found.size() != 1) {
            throw problem(
                    found.isEmpty()
                            ? "There is no run " + id + ": %runs lists those there are."
                            : "More than one run begins with " + id + ": write more of its id.");
        }
        return Optional.of(view.one(found.get(0)));
    }

    private Optional<Object> resume(String id) throws Exception {
        RunRecord run = resumable(id);
        Method flow = method(run.flow());
        @Nullable Object[] arguments = arguments(run, flow);
        Engine engine = Engine.ambient();
        try {
            return Optional.ofNullable(engine.resume(run.id(), () -> flow.invoke(null, arguments)));
        } catch (Exception thrown) {
            throw thrown instanceof InvocationTargetException wrapped
                            && wrapped.getTargetException() instanceof Exception users
                    ? users
                    : thrown;
        }
    }

    private RunRecord resumable(String id) {
        try {
            return ResumableRun.find(history, id, Optional.empty());
        } catch (NotResumableException told) {
            throw problem(String.valueOf(told.getMessage()));
        }
    }

    /** The wrapper the session has now: what was edited since runs as it is now. */
    private Method method(TaskName flow) throws ClassNotFoundException {
        SessionContext context = session;
        if (context == null) {
            throw new IllegalStateException("the session is not open");
        }
        Declaration declared = context.declarations().stream()
                .filter(each -> each.kind() == Declaration.Kind.METHOD)
                .filter(each -> each.name().equals(flow.value()))
                .reduce((first, second) -> second)
                .orElseThrow(() -> problem("Flow " + flow + " is not declared here: run its cell first."));
        Method method = Arrays.stream(Class.forName(declared.className(), true, context.userLoader())
                        .getDeclaredMethods())
                .filter(each -> each.getName().equals(flow.value()))
                .findFirst()
                .orElseThrow();
        method.setAccessible(true);
        return method;
    }

    private @Nullable Object[] arguments(RunRecord run, Method flow) {
        TaskDefinition definition = cells.definitions()
                .named(run.flow())
                .orElseThrow(() -> problem("Flow " + run.flow() + " is not declared here: run its cell first."));
        JsonNode json = JsonForm.parse(run.parametersJson()).orElse(MissingNode.getInstance());
        Type[] types = flow.getGenericParameterTypes();
        @Nullable Object[] arguments = new Object[types.length];
        for (int index = 0; index < types.length; index++) {
            Parameter parameter = definition.parameters().get(index);
            arguments[index] = argument(run, parameter.name(), json.path(parameter.name()), types[index]);
        }
        return arguments;
    }

    private static @Nullable Object argument(RunRecord run, String name, JsonNode value, Type type) {
        if (value.isMissingNode()) {
            throw problem("The record of run " + run.id() + " has no value of parameter " + name
                    + ": call the flow in resume(\"" + run.id() + "\", () -> " + run.flow() + "(…)).");
        }
        try {
            return JsonForm.toJava(value, type);
        } catch (ParameterException misfit) {
            throw problem("Parameter " + name + " of run " + run.id() + ": " + misfit.getMessage() + ".");
        }
    }

    private static CellProblem problem(String message) {
        return new CellProblem(1, 1, message);
    }
}
