package io.dagshell.engine.run;

import io.dagshell.engine.Work;
import io.dagshell.engine.cache.ResultCache;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.TaskDefinition;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be called. The arguments are the caller's own array, not copied; it belongs to the calling thread. */
record Invocation(
        Class<?> site,
        TaskDefinition task,
        Work<?> body,
        @Nullable Object[] arguments,
        boolean refresh) {

    boolean isTask() {
        return task.kind() == Kind.TASK;
    }

    ResultCache.Question question() {
        return new ResultCache.Question(task, parameterTypes(), arguments, returnType(), refresh);
    }

    List<Type> parameterTypes() {
        return List.of(WrapperMethod.of(site, task).getGenericParameterTypes());
    }

    Type returnType() {
        return WrapperMethod.of(site, task).getGenericReturnType();
    }
}
