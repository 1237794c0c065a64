package io.dagshell.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import io.dagshell.engine.parameter.JsonForm;
import io.dagshell.engine.parameter.ParameterException;
import io.dagshell.engine.parameter.ParameterSchema;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Texts by name as the Java values a flow's method takes. */
final class FlowArguments {
    private FlowArguments() {}

    /**
     * The arguments in the method's order; what has no text has the manifest's default.
     *
     * @throws BadInput a parameter is unknown, missing or not of its type
     */
    static @Nullable Object[] of(FlowManifest manifest, Method method, Map<String, String> texts) {
        return of(manifest, method, schema -> schema.ofTexts(texts));
    }

    /**
     * The arguments of a recorded run.
     *
     * @throws BadInput its parameters are not those of this flow
     */
    static @Nullable Object[] ofJson(FlowManifest manifest, Method method, String json) {
        JsonNode parsed = JsonForm.parse(json).orElseGet(JsonNodeFactory.instance::objectNode);
        return of(manifest, method, schema -> schema.ofJson((ObjectNode) parsed));
    }

    private static @Nullable Object[] of(
            FlowManifest manifest, Method method, Function<ParameterSchema, ObjectNode> read) {
        try {
            ObjectNode json = read.apply(ParameterSchema.of(manifest.parameters()));
            Type[] types = method.getGenericParameterTypes();
            @Nullable Object[] arguments = new Object[types.length];
            for (int i = 0; i < types.length; i++) {
                FlowParameter parameter = manifest.parameters().get(i);
                arguments[i] = JsonForm.toJava(json.get(parameter.name()), types[i]);
            }
            return arguments;
        } catch (ParameterException misfit) {
            throw new BadInput("Flow " + manifest.flow() + ": " + misfit.getMessage() + ".", misfit);
        }
    }
}
