package io.dagshell.engine.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists and queues, in their order. */
final class ListCodec implements Codec {
    /** Of longer ones it is not said which items differ. */
    private static final int MOST_PARTS = 1_000;

    private static final Set<Class<?>> DECLARED =
            Set.of(List.class, ArrayList.class, LinkedList.class, Queue.class, Deque.class, ArrayDeque.class);

    @Override
    public boolean handles(Type type) {
        return DECLARED.contains(Types.raw(type));
    }

    @Override
    public List<Type> parts(Type type) {
        return List.of(Types.argument(type, 0));
    }

    @Override
    public void digest(Object value, Type type, DigestSink sink, Codecs values) {
        Collection<?> items = Declared.check(value, Collection.class);
        Type item = Types.argument(type, 0);
        sink.tag("list").integer(items.size());
        for (Object each : items) {
            values.digest(each, item, sink);
        }
    }

    @Override
    public void fingerprint(Object value, Type type, Fingerprint.Parts parts, Codecs values) {
        Collection<?> items = Declared.check(value, Collection.class);
        if (items.size() > MOST_PARTS || items.isEmpty()) {
            parts.whole(value, type, values);
            return;
        }
        int number = 1;
        for (Object each : items) {
            parts.add("item " + number++, each, Types.argument(type, 0), values);
        }
    }

    /** Copies of the items in a list of their own. */
    @Override
    public Object copy(Object value, Type type, Codecs values) {
        List<@Nullable Object> copies = new ArrayList<>();
        for (Object each : Declared.check(value, Collection.class)) {
            copies.add(Changeable.copy(each, Types.argument(type, 0), values));
        }
        try {
            return Implementations.list(Implementations.nameOf(value, Types.raw(type)), copies, Types.raw(type));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Item by item, so another order is a change; what was put behind the last item is none. */
    @Override
    public List<String> changes(Object before, Object copy, Type type, Codecs values) {
        Iterator<?> copies = Declared.check(copy, Collection.class).iterator();
        List<String> changes = new ArrayList<>();
        int number = 0;
        for (Object each : Declared.check(before, Collection.class)) {
            number++;
            if (!copies.hasNext()) {
                changes.add("took item " + number);
                break;
            }
            changes.addAll(Changeable.changes(each, copies.next(), Types.argument(type, 0), values, "item " + number));
        }
        return changes;
    }

    @Override
    public JsonNode encode(Object value, Type type, BlobWriter blobs, Codecs values) throws IOException {
        Type item = Types.argument(type, 0);
        ArrayNode stored = JsonNodeFactory.instance.arrayNode();
        for (Object each : Declared.check(value, Collection.class)) {
            stored.add(values.encode(each, item, blobs));
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("as", Implementations.nameOf(value, Types.raw(type)))
                .set("of", stored);
    }

    @Override
    public Object decode(JsonNode stored, Type type, BlobReader blobs, Codecs values) throws IOException {
        return Implementations.list(
                asOf(stored), items(stored, Types.argument(type, 0), blobs, values), Types.raw(type));
    }

    static String asOf(JsonNode stored) throws IOException {
        return Stored.text(Stored.field(stored, "as"));
    }

    static List<@Nullable Object> items(JsonNode stored, Type item, BlobReader blobs, Codecs values)
            throws IOException {
        JsonNode of = Stored.array(Stored.field(stored, "of"));
        List<@Nullable Object> items = new ArrayList<>(of.size());
        for (JsonNode each : of) {
            items.add(values.decode(each, item, blobs));
        }
        return items;
    }
}
