package io.dagshell.engine.run;

import io.dagshell.engine.model.CallPath;
import java.util.Map;
import java.util.Set;

/**
 * What a server knows of a run when it has a process begun for it: how often it was tried, whether another attempt may
 * follow, and which calls an earlier process of the same run has told. Immutable.
 *
 * @param attempt of the flow, from 1
 * @param retriesLeft attempts that may follow this one
 * @param retryWhen after which ends: {@code crashed}, {@code failed} (where the flow's header would try again), or kinds of
 *     failure: {@code user}, {@code system}, {@code resource}
 * @param calls ordinal of each call that an earlier process of this run told and that this one takes up
 * @param finished those of them that have their value
 * @param nextOrdinal of the first call that is new
 */
public record ServedRun(
        int attempt,
        int retriesLeft,
        Set<String> retryWhen,
        Map<CallPath, Integer> calls,
        Set<CallPath> finished,
        int nextOrdinal) {
    public ServedRun {
        retryWhen = Set.copyOf(retryWhen);
        calls = Map.copyOf(calls);
        finished = Set.copyOf(finished);
    }

    /** The first process of a run that is tried once. */
    public static ServedRun once() {
        return new ServedRun(1, 0, Set.of(), Map.of(), Set.of(), 0);
    }

    /** Whether an earlier process of the run has told some of it. */
    boolean goesOn() {
        return nextOrdinal > 0;
    }
}
