package io.dagshell.engine.cache;

import io.dagshell.engine.model.KeyPart;
import io.dagshell.engine.value.DigestSink;
import io.dagshell.engine.value.Sha256Sink;
import io.dagshell.engine.value.Sources;
import java.util.List;

/** A key and the parts it was made of. */
record CacheKey(String hex, List<KeyPart> parts) {
    CacheKey {
        parts = List.copyOf(parts);
    }

    static CacheKey of(List<KeyPart> parts) {
        DigestSink sink = Sha256Sink.create(Sources.local()).tag("key").integer(parts.size());
        for (KeyPart part : parts) {
            sink.text(part.kind()).text(part.name()).text(part.digest());
        }
        return new CacheKey(sink.finish().hex(), parts);
    }
}
