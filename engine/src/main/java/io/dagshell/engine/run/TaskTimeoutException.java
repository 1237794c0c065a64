package io.dagshell.engine.run;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.model.TaskName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One attempt ran longer than its header's {@code timeout} allows and was interrupted. */
public final class TaskTimeoutException extends EngineException {
    private static final long serialVersionUID = 1L;

    TaskTimeoutException(TaskName task, Duration limit, @Nullable Throwable cause) {
        super(task + " ran longer than its timeout of " + Words.of(limit), FailureKind.RESOURCE, cause);
    }
}
