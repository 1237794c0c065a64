package io.dagshell.engine.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Maps: digested in the order of their keys' digests, stored in the order they had. The order counts where it is
 * declared: of a {@link LinkedHashMap}.
 */
final class MapCodec implements Codec {
    /** Of larger ones it is not said which entries differ. */
    private static final int MOST_PARTS = 1_000;

    private static final Set<Class<?>> DECLARED =
            Set.of(Map.class, SortedMap.class, NavigableMap.class, HashMap.class, LinkedHashMap.class, TreeMap.class);

    @Override
    public boolean handles(Type type) {
        return DECLARED.contains(Types.raw(type));
    }

    @Override
    public List<Type> parts(Type type) {
        return List.of(Types.argument(type, 0), Types.argument(type, 1));
    }

    @Override
    public void digest(Object value, Type type, DigestSink sink, Codecs values) {
        Map<?, ?> map = Declared.check(value, Map.class);
        Implementations.nameOf(map, Types.raw(type));
        boolean ordered = Types.raw(type) == LinkedHashMap.class;
        sink.tag(ordered ? "linked map" : "map").integer(map.size());
        Stream<String> entries = map.entrySet().stream()
                .map(entry -> apart(entry.getKey(), Types.argument(type, 0), sink, values)
                                .hex()
                        + apart(entry.getValue(), Types.argument(type, 1), sink, values)
                                .hex());
        (ordered ? entries : entries.sorted()).forEach(sink::text);
    }

    @Override
    public void fingerprint(Object value, Type type, Fingerprint.Parts parts, Codecs values) {
        Map<?, ?> map = Declared.check(value, Map.class);
        boolean named = map.size() <= MOST_PARTS && map.keySet().stream().allMatch(String.class::isInstance);
        if (!named || map.isEmpty()) {
            parts.whole(value, type, values);
            return;
        }
        map.forEach((key, each) -> parts.add("'" + key + "'", each, Types.argument(type, 1), values));
    }

    /** Copies of the values under the same keys. */
    @Override
    public Object copy(Object value, Type type, Codecs values) {
        Map<?, ?> map = Declared.check(value, Map.class);
        LinkedHashMap<@Nullable Object, @Nullable Object> copies = new LinkedHashMap<>();
        map.forEach((key, each) -> copies.put(key, Changeable.copy(each, Types.argument(type, 1), values)));
        try {
            return Implementations.map(Implementations.nameOf(map, Types.raw(type)), copies, Types.raw(type));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Key by key; what was put under another key is no change. */
    @Override
    public List<String> changes(Object before, Object copy, Type type, Codecs values) {
        Map<?, ?> copies = Declared.check(copy, Map.class);
        List<String> changes = new ArrayList<>();
        Declared.check(before, Map.class).forEach((key, each) -> {
            if (copies.containsKey(key)) {
                changes.addAll(Changeable.changes(
                        each, copies.get(key), Types.argument(type, 1), values, "entry `" + key + "`"));
            } else {
                changes.add("took entry `" + key + "`");
            }
        });
        return changes;
    }

    @Override
    public JsonNode encode(Object value, Type type, BlobWriter blobs, Codecs values) throws IOException {
        Map<?, ?> map = Declared.check(value, Map.class);
        ArrayNode stored = JsonNodeFactory.instance.arrayNode();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            stored.addArray()
                    .add(values.encode(entry.getKey(), Types.argument(type, 0), blobs))
                    .add(values.encode(entry.getValue(), Types.argument(type, 1), blobs));
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("as", Implementations.nameOf(map, Types.raw(type)))
                .set("of", stored);
    }

    @Override
    public Object decode(JsonNode stored, Type type, BlobReader blobs, Codecs values) throws IOException {
        LinkedHashMap<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
        for (JsonNode each : Stored.array(Stored.field(stored, "of"))) {
            JsonNode pair = Stored.array(each, 2);
            entries.put(
                    values.decode(pair.get(0), Types.argument(type, 0), blobs),
                    values.decode(pair.get(1), Types.argument(type, 1), blobs));
        }
        return Implementations.map(ListCodec.asOf(stored), entries, Types.raw(type));
    }

    /** The digest of an element on its own, to sort by. */
    static Digest apart(@Nullable Object element, Type type, DigestSink sink, Codecs values) {
        DigestSink own = sink.fresh();
        values.digest(element, type, own);
        return own.finish();
    }
}
