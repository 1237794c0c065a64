package io.dagshell.engine.cache;

import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.model.CodeIdentity;
import io.dagshell.engine.model.KeyPart;
import io.dagshell.engine.model.Parameter;
import io.dagshell.engine.value.Codecs;
import io.dagshell.engine.value.DigestSink;
import io.dagshell.engine.value.Sha256Sink;
import io.dagshell.engine.value.Sources;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the key of a call: see {@code docs/decisions/0002-cache-keys-and-entries.md}. */
final class KeyMaker {
    /** Raised when the encoding of keys or entries changes: older entries are not found any more. */
    static final int CACHE_SCHEMA = 1;

    private static final int LONGEST_SHOWN = 60;
    private static final List<Class<?>> SHOWN = List.of(
            Number.class,
            Boolean.class,
            Character.class,
            String.class,
            Enum.class,
            TemporalAccessor.class,
            TemporalAmount.class,
            UUID.class,
            URI.class,
            Path.class);

    private final Codecs codecs;
    private final KnownTypes types;
    private final CacheSettings settings;

    KeyMaker(Codecs codecs, KnownTypes types, CacheSettings settings) {
        this.codecs = codecs;
        this.types = types;
        this.settings = settings;
    }

    /** Parts in canonical order. Reads the files and asks the servers that arguments point at, through {@code sources}. */
    CacheKey make(ResultCache.Question question, CodeIdentity.Known code, Sources sources) {
        List<KeyPart> parts = new ArrayList<>();
        parts.add(ShownPart.of("cache schema", "", Integer.toString(CACHE_SCHEMA)));
        parts.addAll(settings.environment().get().parts());
        for (FacadeVersion facade : settings.facades()) {
            parts.add(ShownPart.of("facade", facade.facade(), facade.version()));
        }
        question.task().policy().version().ifPresent(salt -> parts.add(ShownPart.of("version", "", salt)));
        parts.addAll(secrets(question));
        code.parts().stream()
                .map(part -> new KeyPart(part.kind(), part.name(), part.digest(), Optional.empty(), part.cell()))
                .sorted(Comparator.comparing(KeyPart::label).thenComparing(KeyPart::digest))
                .forEach(parts::add);
        parts.add(type("result type", "", question.returnType()));
        parts.addAll(arguments(question, sources));
        return CacheKey.of(parts);
    }

    /** By name and version; connections are no part of a key. */
    private List<KeyPart> secrets(ResultCache.Question question) {
        List<KeyPart> parts = new ArrayList<>();
        for (String name : question.task().blocks()) {
            settings.blocks()
                    .find(new BlockName(name))
                    .filter(block -> block.type().equals("secret"))
                    .ifPresent(block -> parts.add(ShownPart.of("secret", name, "version " + block.version())));
        }
        return parts;
    }

    /** Blocks the task asks for that are no part of its key. */
    List<String> connections(ResultCache.Question question) {
        return question.task().blocks().stream()
                .filter(name -> settings.blocks()
                        .find(new BlockName(name))
                        .filter(block -> block.type().equals("secret"))
                        .isEmpty())
                .toList();
    }

    private KeyPart type(String kind, String name, Type type) {
        KnownTypes.Known known = types.of(type);
        return new KeyPart(kind, name, known.shape(), Optional.of(known.name()), OptionalInt.empty());
    }

    private List<KeyPart> arguments(ResultCache.Question question, Sources sources) {
        List<Parameter> parameters = question.task().parameters();
        List<KeyPart> parts = new ArrayList<>();
        for (int i = 0; i < question.parameterTypes().size(); i++) {
            Type type = question.parameterTypes().get(i);
            @Nullable Object value = question.arguments()[i];
            DigestSink sink = Sha256Sink.create(sources);
            codecs.digest(value, type, sink);
            parts.add(type(KeyDifference.TYPE, name(parameters, i), type));
            parts.add(new KeyPart(
                    KeyDifference.ARGUMENT,
                    name(parameters, i),
                    sink.finish().hex(),
                    shown(value),
                    OptionalInt.empty()));
        }
        return parts;
    }

    private static String name(List<Parameter> parameters, int index) {
        return index < parameters.size() ? parameters.get(index).name() : Integer.toString(index + 1);
    }

    /** Short scalars only: what a reason can print. */
    private static Optional<String> shown(@Nullable Object value) {
        boolean scalar = value == null || SHOWN.stream().anyMatch(type -> type.isInstance(value));
        String text = scalar ? String.valueOf(value) : "";
        return scalar && text.length() <= LONGEST_SHOWN ? Optional.of(text) : Optional.empty();
    }
}
