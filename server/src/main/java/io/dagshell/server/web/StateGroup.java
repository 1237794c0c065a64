package io.dagshell.server.web;

import io.dagshell.engine.model.State;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** States that people look for together; each has one colour and one sign. */
public enum StateGroup {
    FAILED("Failed", State.FAILED),
    CRASHED("Crashed", State.CRASHED),
    RUNNING("Running", State.RUNNING, State.AWAITING_RETRY, State.PAUSED, State.CANCELLING),
    PENDING("Scheduled", State.SCHEDULED, State.LATE, State.PENDING),
    COMPLETED("Completed", State.COMPLETED, State.CACHED),
    CANCELLED("Cancelled", State.CANCELLED);

    private final String word;
    private final Set<State> states;

    StateGroup(String word, State... states) {
        this.word = word;
        this.states = EnumSet.copyOf(Arrays.asList(states));
    }

    /** As people read it. */
    public String word() {
        return word;
    }

    /** As it stands in addresses and class names. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT);
    }

    Set<State> states() {
        return Set.copyOf(states);
    }

    private boolean has(State state) {
        return states.contains(state);
    }

    static StateGroup of(State state) {
        return Arrays.stream(values())
                .filter(group -> group.has(state))
                .findFirst()
                .orElseThrow();
    }

    static Optional<StateGroup> parse(String slug) {
        return Arrays.stream(values())
                .filter(group -> group.slug().equals(slug))
                .findFirst();
    }
}
