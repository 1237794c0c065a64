package io.dagshell.engine.parameter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The user's own enums, by constant name, and records, by component. Stateless. */
final class RecordForm {
    private RecordForm() {}

    /** Empty if {@code type} is neither, or an enum without that constant. */
    static Optional<Object> read(JsonNode node, Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream((Object[]) type.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equals(node.textValue()))
                    .findFirst();
        }
        return type.isRecord() && node.isObject() ? Optional.of(record(node, type)) : Optional.empty();
    }

    private static Object record(JsonNode node, Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        refuseUnknown(node, components);
        @Nullable Object[] values = new Object[components.length];
        for (int index = 0; index < components.length; index++) {
            values[index] = component(node, components[index]);
        }
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException refused) {
            Throwable cause = refused.getCause() == null ? refused : refused.getCause();
            throw new ParameterException(
                    type.getSimpleName() + " refuses its components: " + cause.getMessage(), cause);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static @Nullable Object component(JsonNode node, RecordComponent component) {
        JsonNode part = node.path(component.getName());
        boolean optional = component.getType() == Optional.class;
        if (part instanceof MissingNode) {
            if (optional) {
                return Optional.empty();
            }
            throw new ParameterException("component " + component.getName() + " is missing");
        }
        try {
            return JavaForm.read(part, component.getGenericType());
        } catch (ParameterException misfit) {
            throw new ParameterException("component " + component.getName() + ": " + misfit.getMessage());
        }
    }

    private static void refuseUnknown(JsonNode node, RecordComponent[] components) {
        List<String> known =
                Arrays.stream(components).map(RecordComponent::getName).toList();
        Set<String> unknown = new HashSet<>();
        node.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new ParameterException(
                    "there is no component " + unknown.iterator().next() + "; there are " + String.join(", ", known));
        }
    }

    /** Empty if the value is neither enum nor record. */
    static Optional<JsonNode> write(Object value) {
        if (value instanceof Enum<?> constant) {
            return Optional.of(JsonNodeFactory.instance.textNode(constant.name()));
        }
        if (!(value instanceof Record)) {
            return Optional.empty();
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            object.set(component.getName(), JavaForm.write(get(component, value), component.getGenericType()));
        }
        return Optional.of(object);
    }

    private static @Nullable Object get(RecordComponent component, Object value) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException failure) {
            throw new ParameterException("component " + component.getName() + " cannot be read", failure);
        }
    }

    /** For messages: the constants of an enum, or nothing. */
    static String allowed(Type type) {
        if (!(type instanceof Class<?> plain) || !plain.isEnum()) {
            return "";
        }
        return Arrays.stream((Object[]) plain.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .collect(Collectors.joining(", ", " (one of ", ")"));
    }
}
