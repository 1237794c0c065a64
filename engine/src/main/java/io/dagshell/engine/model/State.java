package io.dagshell.engine.model;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** State of a run or task run. {@link #mayBecome} is the one table of allowed transitions; terminal is terminal. */
public enum State {
    SCHEDULED("Scheduled"),
    LATE("Late"),
    PENDING("Pending"),
    RUNNING("Running"),
    AWAITING_RETRY("AwaitingRetry"),
    PAUSED("Paused"),
    COMPLETED("Completed"),
    CACHED("Cached"),
    FAILED("Failed"),
    CRASHED("Crashed"),
    CANCELLING("Cancelling"),
    CANCELLED("Cancelled");

    private static final Map<State, Set<State>> NEXT = new EnumMap<>(State.class);
    private static final Map<String, State> BY_WORD = new HashMap<>();

    static {
        NEXT.put(SCHEDULED, EnumSet.of(LATE, PENDING, PAUSED, CANCELLED));
        NEXT.put(LATE, EnumSet.of(PENDING, PAUSED, CANCELLED));
        // Back to Scheduled: whoever took it went away before it began.
        NEXT.put(PENDING, EnumSet.of(SCHEDULED, RUNNING, CACHED, FAILED, CRASHED, CANCELLING, CANCELLED, PAUSED));
        NEXT.put(
                RUNNING, EnumSet.of(COMPLETED, CACHED, FAILED, CRASHED, AWAITING_RETRY, PAUSED, CANCELLING, CANCELLED));
        NEXT.put(AWAITING_RETRY, EnumSet.of(PENDING, RUNNING, FAILED, CRASHED, CANCELLING, CANCELLED));
        NEXT.put(PAUSED, EnumSet.of(PENDING, RUNNING, SCHEDULED, CANCELLING, CANCELLED, CRASHED));
        NEXT.put(CANCELLING, EnumSet.of(CANCELLED, COMPLETED, FAILED, CRASHED));
        for (State terminal : EnumSet.of(COMPLETED, CACHED, FAILED, CRASHED, CANCELLED)) {
            NEXT.put(terminal, EnumSet.noneOf(State.class));
        }
        for (State state : values()) {
            BY_WORD.put(state.word, state);
        }
    }

    private final String word;

    State(String word) {
        this.word = word;
    }

    /** Whether this state may be followed by {@code next}. */
    public boolean mayBecome(State next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    /** No state follows. */
    public boolean isTerminal() {
        return NEXT.getOrDefault(this, Set.of()).isEmpty();
    }

    /** The state whose {@link #word} that is. */
    public static Optional<State> ofWord(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }

    /** The word people see and the store keeps. */
    public String word() {
        return word;
    }
}
