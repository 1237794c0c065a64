package io.dagshell.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StateTest {

    @Test
    void the_table_of_transitions_is_this() {
        Map<State, String> table = new LinkedHashMap<>();
        for (State from : State.values()) {
            table.put(
                    from,
                    Arrays.stream(State.values())
                            .filter(from::mayBecome)
                            .map(State::word)
                            .collect(Collectors.joining(" ")));
        }

        assertThat(table)
                .containsEntry(State.SCHEDULED, "Late Pending Paused Cancelled")
                .containsEntry(State.LATE, "Pending Paused Cancelled")
                .containsEntry(State.PENDING, "Scheduled Running Paused Cached Failed Crashed Cancelling Cancelled")
                .containsEntry(
                        State.RUNNING, "AwaitingRetry Paused Completed Cached Failed Crashed Cancelling Cancelled")
                .containsEntry(State.AWAITING_RETRY, "Pending Running Failed Crashed Cancelling Cancelled")
                .containsEntry(State.PAUSED, "Scheduled Pending Running Crashed Cancelling Cancelled")
                .containsEntry(State.CANCELLING, "Completed Failed Crashed Cancelled")
                .containsEntry(State.COMPLETED, "")
                .containsEntry(State.CACHED, "")
                .containsEntry(State.FAILED, "")
                .containsEntry(State.CRASHED, "")
                .containsEntry(State.CANCELLED, "")
                .hasSize(12);
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void terminal_is_what_has_no_next_state_and_every_state_can_end(State state) {
        assertThat(state.isTerminal())
                .isEqualTo(EnumSet.of(State.COMPLETED, State.CACHED, State.FAILED, State.CRASHED, State.CANCELLED)
                        .contains(state));
        assertThat(state.isTerminal() || state.mayBecome(State.CANCELLED)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void a_state_is_known_by_its_word_and_by_nothing_else(State state) {
        assertThat(State.ofWord(state.word())).contains(state);
        assertThat(State.ofWord(state.name())).isEmpty();
    }
}
