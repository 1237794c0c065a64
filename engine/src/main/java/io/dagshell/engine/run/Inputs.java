package io.dagshell.engine.run;

import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.value.Changeable;
import io.dagshell.engine.value.Codecs;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a task from changing what others read. Where what it is given can be changed (a table) and may have another
 * reader, each attempt works on copies, which are compared with the originals when it has ended well. So nobody sees a
 * change, not even one who reads at the same time, and what the upstream task keeps is what it returned. Where nothing
 * is shared nothing is copied or compared. See {@code docs/decisions/tables-are-values.md}. Used by the thread of the
 * call.
 */
final class Inputs {
    private static final Inputs NONE = new Inputs(List.of(), new Object[0], Codecs.none());

    private final List<Shared> shared;
    private final @Nullable Object[] arguments;
    private final Codecs codecs;

    /** An argument that may have another reader, as it is outside the task. */
    private record Shared(int index, String name, Object value, Type type) {}

    private Inputs(List<Shared> shared, @Nullable Object[] arguments, Codecs codecs) {
        this.shared = shared;
        this.arguments = arguments;
        this.codecs = codecs;
    }

    static Inputs of(LiveCall call, Invocation invocation) {
        Codecs codecs = call.run().settings().ports().values();
        @Nullable Object[] arguments = invocation.arguments();
        if (!invocation.isTask() || codecs == Codecs.none() || arguments.length == 0) {
            return NONE;
        }
        List<Shared> found = changeable(invocation, codecs);
        return found.isEmpty() || !hasOtherReaders(call, invocation) ? NONE : new Inputs(found, arguments, codecs);
    }

    private static List<Shared> changeable(Invocation invocation, Codecs codecs) {
        @Nullable Object[] arguments = invocation.arguments();
        List<Shared> found = new ArrayList<>(0);
        for (int i = 0; i < arguments.length; i++) {
            Object value = arguments[i];
            if (value == null || value instanceof Number || value instanceof String) {
                continue;
            }
            Type type = invocation.parameterTypes().get(i);
            String name = invocation.task().parameters().get(i).name();
            if (Changeable.holds(type, codecs)) {
                found.add(new Shared(i, name, value, type));
            }
        }
        return found;
    }

    /** A later attempt reads again what an earlier one was given. */
    private static boolean hasOtherReaders(LiveCall call, Invocation invocation) {
        return invocation.task().policy().retry().retries() > 0 || mayBeShared(call);
    }

    /** A cell that calls a task itself may keep the value in a variable of the notebook. */
    private static boolean mayBeShared(LiveCall call) {
        LiveCall flow = call.caller();
        Optional<FlowGraph> graph = flow == null ? Optional.empty() : flow.graph();
        return graph.map(each -> each.mayShareInputsOf(call.task().name())).orElse(true);
    }

    /** Before an attempt: copies take the place of what is shared. */
    void renew() {
        for (Shared each : shared) {
            arguments[each.index()] = Changeable.copy(each.value(), each.type(), codecs);
        }
    }

    /** After an attempt: the arguments are what they were, whatever it did to its copies. */
    void giveBack() {
        for (Shared each : shared) {
            arguments[each.index()] = each.value();
        }
    }

    /**
     * After an attempt that ended well.
     *
     * @throws ChangedInputException it changed its copies
     */
    void requireUnchanged(LiveCall call) {
        for (Shared each : shared) {
            List<String> changes = Changeable.changes(each.value(), arguments[each.index()], each.type(), codecs);
            if (!changes.isEmpty()) {
                boolean itself = codecs.forType(each.type()).orElseThrow().isChangeable();
                throw new ChangedInputException(call.task().name(), each.name(), changes, itself);
            }
        }
    }
}
