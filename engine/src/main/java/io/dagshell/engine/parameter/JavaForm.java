package io.dagshell.engine.parameter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads and writes values by their declared type. Stateless. */
final class JavaForm {
    private JavaForm() {}

    static @Nullable Object read(JsonNode node, Type type) {
        Class<?> raw = raw(type);
        if (raw == Optional.class) {
            return node.isNull() ? Optional.empty() : Optional.ofNullable(read(node, argument(type, 0)));
        }
        if (node.isNull() || node.isMissingNode()) {
            throw misfit(node, type);
        }
        Optional<Scalar> scalar = Scalars.named(raw.getName());
        if (scalar.isPresent()) {
            return scalar.get().ofJson(node).orElseThrow(() -> misfit(node, type));
        }
        if (raw.isArray()) {
            return array(elements(node, type, elementType(type)), raw.getComponentType());
        }
        if (raw == List.class || raw == Collection.class || raw == Iterable.class) {
            return Collections.unmodifiableList(elements(node, type, argument(type, 0)));
        }
        if (raw.isAssignableFrom(LinkedHashSet.class) && Collection.class.isAssignableFrom(raw)) {
            return Collections.unmodifiableSet(new LinkedHashSet<>(elements(node, type, argument(type, 0))));
        }
        if (raw == Map.class) {
            return map(node, type);
        }
        return RecordForm.read(node, raw).orElseThrow(() -> misfit(node, type));
    }

    private static List<@Nullable Object> elements(JsonNode node, Type type, Type element) {
        if (!node.isArray()) {
            throw misfit(node, type);
        }
        List<@Nullable Object> values = new ArrayList<>();
        node.forEach(part -> values.add(read(part, element)));
        return values;
    }

    private static Object array(List<?> values, Class<?> component) {
        Object array = Array.newInstance(component, values.size());
        for (int index = 0; index < values.size(); index++) {
            Array.set(array, index, values.get(index));
        }
        return array;
    }

    private static Map<?, ?> map(JsonNode node, Type type) {
        if (!node.isObject()) {
            throw misfit(node, type);
        }
        Map<@Nullable Object, @Nullable Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            Object key = read(JsonNodeFactory.instance.textNode(field.getKey()), argument(type, 0));
            values.put(key, read(field.getValue(), argument(type, 1)));
        }
        return Collections.unmodifiableMap(values);
    }

    static JsonNode write(@Nullable Object value, Type type) {
        Class<?> raw = raw(type);
        if (value == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        if (value instanceof Optional<?> optional) {
            return write(optional.orElse(null), argument(type, 0));
        }
        Optional<Scalar> scalar = Scalars.named(raw.getName());
        if (scalar.isPresent()) {
            return scalar.get().toJson(value);
        }
        if (raw.isArray()) {
            return Canonical.list(arrayElements(value, elementType(type)));
        }
        if (value instanceof Collection<?> collection && type instanceof ParameterizedType) {
            List<JsonNode> elements = new ArrayList<>();
            collection.forEach(element -> elements.add(write(element, argument(type, 0))));
            return value instanceof java.util.Set<?> ? Canonical.set(elements) : Canonical.list(elements);
        }
        if (value instanceof Map<?, ?> map && type instanceof ParameterizedType) {
            return object(map, type);
        }
        return RecordForm.write(value).orElseThrow(() -> noForm(type));
    }

    private static List<JsonNode> arrayElements(Object array, Type element) {
        List<JsonNode> elements = new ArrayList<>();
        for (int index = 0; index < Array.getLength(array); index++) {
            elements.add(write(Array.get(array, index), element));
        }
        return elements;
    }

    private static ObjectNode object(Map<?, ?> map, Type type) {
        Map<String, JsonNode> fields = new TreeMap<>();
        map.forEach((key, value) ->
                fields.put(write(key, argument(type, 0)).asText(), write(value, argument(type, 1))));
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        fields.forEach(object::set);
        return object;
    }

    private static Class<?> raw(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        if (type instanceof WildcardType wildcard) {
            return raw(wildcard.getUpperBounds()[0]);
        }
        if (type instanceof GenericArrayType array) {
            return raw(array.getGenericComponentType()).arrayType();
        }
        throw noForm(type);
    }

    private static Type elementType(Type array) {
        return array instanceof GenericArrayType generic
                ? generic.getGenericComponentType()
                : raw(array).getComponentType();
    }

    private static Type argument(Type type, int index) {
        Type bound = type instanceof WildcardType wildcard ? wildcard.getUpperBounds()[0] : type;
        if (bound instanceof ParameterizedType parameterized) {
            return parameterized.getActualTypeArguments()[index];
        }
        throw noForm(type);
    }

    static ParameterException misfit(JsonNode node, Type type) {
        TypeShape shape = TypeShape.of(type.getTypeName());
        String text = JsonForm.canonical(node);
        String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        return new ParameterException(
                shown + " is not " + shape.words() + RecordForm.allowed(type) + "; write it like " + shape.example());
    }

    private static ParameterException noForm(Type type) {
        return new ParameterException("values of " + type.getTypeName() + " have no JSON form; "
                + "use numbers, text, dates, enums, records, or lists and maps of them");
    }
}
