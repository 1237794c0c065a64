package io.dagshell.engine.cache;

import io.dagshell.engine.model.CodeIdentity;
import io.dagshell.engine.model.KeyPart;
import io.dagshell.engine.value.Codecs;
import io.dagshell.engine.value.Digest;
import io.dagshell.engine.value.Sources;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keys of calls for resuming. As for the cache, but files and addresses count by their text: a resumed run goes on with
 * what the first one read, and a task that wrote a file it was given the path of has not changed by that. Thread-safe.
 */
final class CallKeys {
    private final Codecs codecs;
    private final KnownTypes types;
    private final KeyMaker keys;

    CallKeys(Codecs codecs, CacheSettings settings) {
        this.codecs = codecs;
        this.types = new KnownTypes(codecs);
        this.keys = new KeyMaker(codecs, types, settings);
    }

    Codecs codecs() {
        return codecs;
    }

    /** Why a call has no key, or its result no stored form. */
    Optional<String> refusal(ResultCache.Question question) {
        if (question.task().code() instanceof CodeIdentity.Unknown unknown) {
            return Optional.of(unknown.why());
        }
        return Stream.concat(question.parameterTypes().stream(), results(question.returnType()))
                .flatMap(type -> types.of(type).refusal().stream())
                .findFirst();
    }

    private static Stream<Type> results(Type type) {
        return type == void.class ? Stream.empty() : Stream.of(type);
    }

    CacheKey of(ResultCache.Question question) {
        return keys.make(question, (CodeIdentity.Known) question.task().code(), ByText.INSTANCE);
    }

    /** Looks at nothing outside the call. */
    private enum ByText implements Sources {
        INSTANCE;

        @Override
        public Optional<Digest> file(Path path) {
            return Optional.empty();
        }

        @Override
        public Optional<String> validator(URI address) {
            return Optional.empty();
        }
    }

    /** Parts that every call of a task has alike; the others are its arguments. */
    static List<KeyPart> base(CacheKey key) {
        return key.parts().stream()
                .filter(part -> !part.kind().equals(KeyDifference.ARGUMENT))
                .toList();
    }

    static List<KeyPart> arguments(CacheKey key) {
        return key.parts().stream()
                .filter(part -> part.kind().equals(KeyDifference.ARGUMENT))
                .toList();
    }
}
