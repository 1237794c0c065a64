package io.dagshell.store.orchestration;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an agent says of itself, and what its server thinks of that. Immutable.
 *
 * @param queues it serves
 * @param jdks feature releases it can run
 * @param version of its DagShell, if it says it
 * @param notServed why it is handed no runs, as a sentence without its subject; empty if it is
 */
public record AgentReport(
        String name,
        String host,
        List<String> queues,
        SortedSet<Integer> jdks,
        Optional<String> version,
        Optional<String> notServed) {
    public AgentReport {
        queues = List.copyOf(queues);
        jdks = Collections.unmodifiableSortedSet(new TreeSet<>(jdks));
    }

    /** Of one that is handed runs, and does not say its version. */
    public static AgentReport of(String name, String host, List<String> queues, SortedSet<Integer> jdks) {
        return new AgentReport(name, host, queues, jdks, Optional.empty(), Optional.empty());
    }

    /** @param of its DagShell; blank if it does not say it */
    public AgentReport withVersion(String of) {
        return new AgentReport(name, host, queues, jdks, Optional.of(of).filter(text -> !text.isBlank()), notServed);
    }

    public AgentReport notServed(Optional<String> why) {
        return new AgentReport(name, host, queues, jdks, version, why);
    }
}
