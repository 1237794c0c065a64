package io.dagshell.engine.cache;

import io.dagshell.engine.model.KeyPart;
import io.dagshell.engine.value.Digest;
import io.dagshell.engine.value.Sha256Sink;
import io.dagshell.engine.value.Sources;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes a part of a key whose content is a short text. */
final class ShownPart {
    private ShownPart() {}

    static KeyPart of(String kind, String name, String content) {
        Digest digest = Sha256Sink.create(Sources.local()).text(content).finish();
        return new KeyPart(kind, name, digest.hex(), Optional.of(content), OptionalInt.empty());
    }
}
