package io.dagshell.engine.run;

import io.dagshell.engine.model.TaskDefinition;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;

/** Finds the compiled method behind a definition, for its generic types; remembered as long as its class lives. */
final class WrapperMethod {
    private static final ClassValue<Map<String, Method>> METHODS = new ClassValue<>() {
        @Override
        protected Map<String, Method> computeValue(Class<?> site) {
            Map<String, Method> byName = new HashMap<>();
            for (Method method : site.getDeclaredMethods()) {
                if (!method.isSynthetic()) {
                    byName.merge(method.getName() + "/" + method.getParameterCount(), method, (first, second) -> first);
                }
            }
            return Map.copyOf(byName);
        }
    };

    private WrapperMethod() {}

    static Method of(Class<?> site, TaskDefinition task) {
        String key = task.name() + "/" + task.parameters().size();
        Method method = METHODS.get(site).get(key);
        if (method == null) {
            throw new IllegalStateException("no method " + task.name() + " with "
                    + task.parameters().size() + " parameters in " + site.getName());
        }
        return method;
    }
}
