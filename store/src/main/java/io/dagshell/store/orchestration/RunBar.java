package io.dagshell.store.orchestration;

import io.dagshell.engine.model.State;
import java.time.Instant;

/** How many runs of a stretch of time, which begins at {@code from}, are in a state. */
public record RunBar(Instant from, State state, int runs) {}
