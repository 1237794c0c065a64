package io.dagshell.engine.value;

import java.util.Optional;

/**
 * A value that knows the digest of its content, such as a table that was stored and is not read yet. Asked only for
 * values whose codec digests {@link Codec#apart() apart}; it spares reading the value to compute a key.
 */
public interface Digested {

    /**
     * What a fresh sink would give for this value, or empty when it must be computed: as soon as the value may have been
     * modified it must not answer.
     */
    Optional<Digest> contentDigest();
}
