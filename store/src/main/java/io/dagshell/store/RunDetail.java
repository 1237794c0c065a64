package io.dagshell.store;

import java.util.List;

/**
 * A run and its calls.
 *
 * @param tasks in order of creation; the first is the root call
 */
public record RunDetail(RunRecord run, List<TaskRunRecord> tasks) {
    public RunDetail {
        tasks = List.copyOf(tasks);
    }
}
