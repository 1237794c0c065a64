package io.dagshell.engine.run;

import io.dagshell.engine.model.RunId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A run to be resumed, by the first run that begins and no other. Thread-safe. */
final class Resumption {
    private final AtomicReference<@Nullable RunId> run;

    Resumption(RunId run) {
        this.run = new AtomicReference<>(run);
    }

    Optional<RunId> take() {
        return Optional.ofNullable(run.getAndSet(null));
    }
}
