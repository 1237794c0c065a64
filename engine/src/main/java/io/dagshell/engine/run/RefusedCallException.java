package io.dagshell.engine.run;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.model.TaskName;

/** A call that a task or flow may not make; the message says what to write instead. */
public final class RefusedCallException extends EngineException {
    private static final long serialVersionUID = 1L;

    private RefusedCallException(String message) {
        super(message, FailureKind.USER, null);
    }

    static RefusedCallException fromTask(TaskName caller, TaskName called) {
        return new RefusedCallException("task " + caller + " calls " + called
                + ", but only a flow may call tasks and flows: call " + called + " in the flow and pass its result to "
                + caller + ", or declare " + caller + " with %%flow");
    }

    static RefusedCallException fromHook(TaskName caller, TaskName called) {
        return new RefusedCallException("a hook of " + caller + " calls " + called + ", but " + caller
                + " has ended: a hook calls helpers and blocks, no tasks");
    }

    static RefusedCallException asksInTask(TaskName caller) {
        return new RefusedCallException(
                "task " + caller + " calls approve(..), but only a flow may ask: call approve in " + "the flow, before "
                        + caller + ", and pass what it answers on");
    }

    static RefusedCallException exit(int status) {
        return new RefusedCallException("code of a flow called exit(" + status
                + "), which would end the process with its runs: throw an exception instead");
    }

    static RefusedCallException tooDeep(TaskName called, int limit) {
        return new RefusedCallException("flow " + called + " would run more than " + limit
                + " flows deep; flows that call themselves need an end that is reached sooner");
    }
}
