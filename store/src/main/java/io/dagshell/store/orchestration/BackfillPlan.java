package io.dagshell.store.orchestration;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a backfill would run.
 *
 * @param instants in the order they would be run
 */
public record BackfillPlan(List<Planned> instants) {
    public BackfillPlan {
        instants = List.copyOf(instants);
    }

    /**
     * An instant.
     *
     * @param leftOut why it would not be run
     */
    public record Planned(Instant due, Optional<String> leftOut) {}

    /** Those that would be run. */
    public List<Instant> toRun() {
        return instants.stream()
                .filter(each -> each.leftOut().isEmpty())
                .map(Planned::due)
                .toList();
    }

    /** How many would be left out, by reason. */
    public Map<String, Integer> leftOut() {
        Map<String, Integer> reasons = new TreeMap<>();
        instants.forEach(each -> each.leftOut().ifPresent(reason -> reasons.merge(reason, 1, Integer::sum)));
        return reasons;
    }
}
