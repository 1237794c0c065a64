package io.dagshell.store.orchestration;

import io.dagshell.engine.model.RunId;
import java.util.Set;

/**
 * What an agent learns when it renews its leases.
 *
 * @param renewed still its own
 * @param cancelling of those, the ones to be stopped
 * @param lost no longer its own: to be stopped, and nothing to be told of them
 */
public record Renewal(Set<RunId> renewed, Set<RunId> cancelling, Set<RunId> lost) {
    public Renewal {
        renewed = Set.copyOf(renewed);
        cancelling = Set.copyOf(cancelling);
        lost = Set.copyOf(lost);
    }
}
