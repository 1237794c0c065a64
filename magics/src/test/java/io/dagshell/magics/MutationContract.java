package io.dagshell.magics;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.magics.Mutations.Edit;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What makes a task run again, and what does not, through one door; counted by the task itself. */
@Timeout(120)
abstract class MutationContract {
    @TempDir
    Path cache;

    /**
     * Runs the notebook's task after an edit.
     *
     * @param value what it returned
     * @param truth what the same code returns without a cache
     */
    record Outcome(String value, String truth) {}

    /** Before the first run. */
    void open() {}

    /** Runs the task in the notebook with that edit, with the results there are. */
    abstract Outcome run(Edit edit) throws Exception;

    @BeforeEach
    void runs_the_task_once() throws Exception {
        System.setProperty("ran", "0");
        open();
        assertRan(1, run(Mutations.none()));
    }

    @AfterEach
    void forgets() {
        System.clearProperty("ran");
    }

    private static void assertRan(int times, Outcome outcome) {
        assertThat(outcome.value()).isEqualTo(outcome.truth());
        assertThat(Integer.getInteger("ran")).isEqualTo(times);
    }

    static List<Edit> cosmetic() {
        return Mutations.cosmetic();
    }

    @ParameterizedTest
    @MethodSource
    void cosmetic(Edit edit) throws Exception {
        assertRan(1, run(edit));
    }

    static List<Edit> changes() {
        return Mutations.changes();
    }

    @ParameterizedTest
    @MethodSource
    void changes(Edit edit) throws Exception {
        assertRan(2, run(edit));
        assertRan(2, run(edit));
    }
}
