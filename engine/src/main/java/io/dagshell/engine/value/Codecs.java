package io.dagshell.engine.value;

import java.lang.reflect.Type;
import java.util.Optional;

/** The closed set of codecs of a process. Immutable and thread-safe. */
public interface Codecs {

    /** The codec for values of that declared type, or empty: then a task with it is "not cached", in words. */
    Optional<Codec> forType(Type type);
}
