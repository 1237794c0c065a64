package io.dagshell.engine.parameter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON of values by their own class, for showing them. Stateless. */
final class RuntimeForm {
    private static final int ELEMENTS_SHOWN = 1_000;
    private static final int CHARACTERS_SHOWN = 10_000;

    private RuntimeForm() {}

    static Optional<JsonNode> of(@Nullable Object value) {
        if (value == null) {
            return Optional.of(JsonNodeFactory.instance.nullNode());
        }
        if (value instanceof CharSequence text && text.length() > CHARACTERS_SHOWN) {
            return Optional.empty();
        }
        Optional<Scalar> scalar = Scalars.of(value);
        if (scalar.isPresent()) {
            return Optional.of(scalar.get().toJson(value));
        }
        if (value instanceof Optional<?> optional) {
            return of(optional.orElse(null));
        }
        if (value instanceof Collection<?> collection) {
            return array(collection);
        }
        if (value instanceof Map<?, ?> map) {
            return object(map);
        }
        boolean declared = value instanceof Enum<?> || value instanceof Record;
        return declared ? declared(value) : Optional.empty();
    }

    private static Optional<JsonNode> array(Collection<?> collection) {
        if (collection.size() > ELEMENTS_SHOWN) {
            return Optional.empty();
        }
        List<JsonNode> elements = new ArrayList<>();
        for (Object element : collection) {
            Optional<JsonNode> json = of(element);
            if (json.isEmpty()) {
                return Optional.empty();
            }
            elements.add(json.get());
        }
        return Optional.of(collection instanceof Set<?> ? Canonical.set(elements) : Canonical.list(elements));
    }

    private static Optional<JsonNode> object(Map<?, ?> map) {
        if (map.size() > ELEMENTS_SHOWN) {
            return Optional.empty();
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Optional<JsonNode> key = of(entry.getKey()).filter(JsonNode::isValueNode);
            Optional<JsonNode> value = of(entry.getValue());
            if (key.isEmpty() || value.isEmpty()) {
                return Optional.empty();
            }
            object.set(key.get().asText(), value.get());
        }
        return Optional.of(object);
    }

    private static Optional<JsonNode> declared(Object value) {
        Class<?> type = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
        try {
            return Optional.of(JavaForm.write(value, type));
        } catch (ParameterException noForm) {
            return Optional.empty();
        }
    }
}
