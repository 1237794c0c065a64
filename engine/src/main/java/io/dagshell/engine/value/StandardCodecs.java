package io.dagshell.engine.value;

import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The closed set: scalars and their boxes, strings, enums, {@code java.time}, URI, Path, UUID, arrays, optionals, lists,
 * queues, sets, maps, records, sealed interfaces of these, and what other rooms add.
 *
 * <pre>{@code
 * Codecs codecs = StandardCodecs.with(new TableCodec());
 * }</pre>
 */
public final class StandardCodecs implements Codecs {
    private final Map<Type, Codec> exact = new ConcurrentHashMap<>();
    private final List<Codec> structural = new ArrayList<>();

    private StandardCodecs(List<Codec> more) {
        structural.addAll(more);
        exact.put(String.class, new StringCodec());
        exact.put(Path.class, new PathCodec());
        exact.put(URI.class, new UriCodec());
        structural.addAll(List.of(
                new RecordCodec(),
                new ListCodec(),
                new MapCodec(),
                new SetCodec(),
                new CollectionCodec(),
                new EnumMapCodec(),
                new EnumSetCodec(),
                new MapEntryCodec(),
                new OptionalCodec(),
                new EnumCodec(),
                new PrimitiveArrayCodec(),
                new ArrayCodec(),
                new SealedCodec()));
    }

    /** The standard set and {@code more}, which are asked first where the standard set has no scalar. */
    public static Codecs with(Codec... more) {
        return new StandardCodecs(List.of(more));
    }

    @Override
    public Optional<Codec> forType(Type type) {
        Type known = Types.bound(type);
        Codec codec = exact(known);
        return codec != null
                ? Optional.of(codec)
                : structural.stream().filter(each -> each.handles(known)).findFirst();
    }

    private @Nullable Codec exact(Type type) {
        Codec known = exact.get(type);
        if (known != null || !(type instanceof Class<?> plain)) {
            return known;
        }
        Codec scalar = Scalars.named(plain.getName());
        if (scalar != null) {
            exact.put(type, scalar);
        }
        return scalar;
    }
}
