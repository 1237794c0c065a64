package io.dagshell.store.orchestration;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import java.util.Optional;

/**
 * How far a run is, in so few words that two looks at it can be compared: whoever knows an earlier mark knows what to
 * read again.
 *
 * @param state the server's word for a planned run, the process's own for another
 * @param lastLog position of its last line of log, 0 if there is none
 * @param tasks changes with each of its calls
 * @param artifacts changes with each thing shown
 */
public record RunMark(RunId run, State state, long lastLog, String tasks, String artifacts) {

    /** The mark as one word, from which {@link #parse} makes it again on any server. */
    public String word() {
        return state.word() + "~" + lastLog + "~" + tasks + "~" + artifacts;
    }

    /** What {@link #word} gave; empty for anything else. */
    public static Optional<RunMark> parse(RunId run, String word) {
        String[] parts = word.split("~", -1);
        if (parts.length != 4 || !parts[1].matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return State.ofWord(parts[0])
                .map(state -> new RunMark(run, state, Long.parseLong(parts[1]), parts[2], parts[3]));
    }
}
