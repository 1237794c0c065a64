package io.dagshell.store.orchestration;

import java.time.Instant;
import java.util.List;
import java.util.SortedSet;

/**
 * An agent as it last reported.
 *
 * @param jdks feature releases it can run
 * @param running runs it has claimed and not ended
 * @param alive it reported lately
 */
public record Agent(
        String name,
        String host,
        List<String> queues,
        SortedSet<Integer> jdks,
        Instant startedAt,
        Instant lastHeartbeat,
        int running,
        boolean alive) {
    public Agent {
        queues = List.copyOf(queues);
    }
}
