package io.dagshell.store.orchestration;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * An agent as it last reported.
 *
 * @param jdks feature releases it can run
 * @param running runs it has claimed and not ended
 * @param alive it reported lately
 * @param version of its DagShell, if it says it
 * @param notServed why the server hands it no runs, as "is of an older DagShell than the server"; else empty
 */
public record Agent(
        String name,
        String host,
        List<String> queues,
        SortedSet<Integer> jdks,
        Instant startedAt,
        Instant lastHeartbeat,
        int running,
        boolean alive,
        Optional<String> version,
        Optional<String> notServed) {
    public Agent {
        queues = List.copyOf(queues);
    }
}
