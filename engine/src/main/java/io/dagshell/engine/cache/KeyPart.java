package io.dagshell.engine.cache;

import io.dagshell.engine.value.Digest;
import io.dagshell.engine.value.Sha256Sink;
import io.dagshell.engine.value.Sources;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One part of a key, kept with the result to explain a later miss.
 *
 * @param kind user's word: {@code argument}, {@code helper}, {@code library}
 * @param name its name; empty if the kind says it all
 * @param digest of its content
 * @param shown its content where that is short, for people; not part of the key
 * @param cell where code is declared, from 1; not part of the key
 */
record KeyPart(String kind, String name, String digest, Optional<String> shown, OptionalInt cell) {

    /** A part whose content is a short text. */
    static KeyPart shown(String kind, String name, String content) {
        Digest digest = Sha256Sink.create(Sources.local()).text(content).finish();
        return new KeyPart(kind, name, digest.hex(), Optional.of(content), OptionalInt.empty());
    }

    String label() {
        return name.isEmpty() ? kind : kind + " " + name;
    }
}
