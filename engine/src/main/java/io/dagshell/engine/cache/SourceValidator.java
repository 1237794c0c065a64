package io.dagshell.engine.cache;

import java.net.URI;
import java.util.Optional;

/** Port: asks the server of an address for what tells its versions apart. Thread-safe. */
public interface SourceValidator {

    /** Whether it knows the address's scheme. */
    boolean handles(URI address);

    /** ETag, generation, date and length; empty if the server gives none or does not answer in time. */
    Optional<String> validate(URI address);
}
