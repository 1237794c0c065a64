package io.dagshell.store.orchestration;

import java.time.Duration;

/**
 * How patient the state is.
 *
 * @param lateAfter a run that is due for longer and not claimed is Late
 * @param missingAfter an agent that has not reported for longer is missing
 * @param onTime a due instant that is older when it is first looked at was missed, and falls under {@link CatchUp}
 */
public record Limits(Duration lateAfter, Duration missingAfter, Duration onTime) {

    /** Late after 15 s, missing after 12 s (four heartbeats), missed after 10 s. */
    public static Limits defaults() {
        return new Limits(Duration.ofSeconds(15), Duration.ofSeconds(12), Duration.ofSeconds(10));
    }
}
