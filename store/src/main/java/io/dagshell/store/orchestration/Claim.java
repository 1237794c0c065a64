package io.dagshell.store.orchestration;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * An agent's request for work.
 *
 * @param jdks feature releases it can run
 * @param most how many runs it can take
 * @param lease how long a run is its own without a renewal
 */
public record Claim(String agent, List<String> queues, Set<Integer> jdks, int most, Duration lease) {
    public Claim {
        queues = List.copyOf(queues);
        jdks = Set.copyOf(jdks);
        if (agent.isBlank() || queues.isEmpty() || jdks.isEmpty() || lease.isNegative() || lease.isZero()) {
            throw RefusedException.invalid("A claim names the agent, its queues, its JDKs and a lease.");
        }
        queues.forEach(WorkQueue::check);
    }
}
