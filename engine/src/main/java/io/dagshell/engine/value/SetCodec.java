package io.dagshell.engine.value;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Sets: digested in the order of their elements' digests, stored in the order they had. The order counts where it is
 * declared: of a {@link LinkedHashSet}.
 */
final class SetCodec implements Codec {
    private static final Set<Class<?>> DECLARED =
            Set.of(Set.class, SortedSet.class, NavigableSet.class, HashSet.class, LinkedHashSet.class, TreeSet.class);

    private final ListCodec list = new ListCodec();

    @Override
    public boolean handles(Type type) {
        return DECLARED.contains(Types.raw(type));
    }

    @Override
    public List<Type> parts(Type type) {
        return list.parts(type);
    }

    @Override
    public void digest(Object value, Type type, DigestSink sink, Codecs values) {
        Set<?> items = Declared.check(value, Set.class);
        Implementations.nameOf(items, Types.raw(type));
        Type item = Types.argument(type, 0);
        boolean ordered = Types.raw(type) == LinkedHashSet.class;
        sink.tag(ordered ? "linked set" : "set").integer(items.size());
        Stream<Digest> digests = items.stream().map(each -> MapCodec.apart(each, item, sink, values));
        (ordered ? digests : digests.sorted()).forEach(each -> sink.text(each.hex()));
    }

    @Override
    public JsonNode encode(Object value, Type type, BlobWriter blobs, Codecs values) throws IOException {
        return list.encode(Declared.check(value, Set.class), type, blobs, values);
    }

    @Override
    public Object decode(JsonNode stored, Type type, BlobReader blobs, Codecs values) throws IOException {
        return Implementations.set(
                ListCodec.asOf(stored),
                ListCodec.items(stored, Types.argument(type, 0), blobs, values),
                Types.raw(type));
    }
}
