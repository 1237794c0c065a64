package io.dagshell.store.orchestration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * How far the limits of tags are used. A run has the tags of its deployment's current version. Where no tag has a limit
 * one look at an empty table is all it costs. Used by one thread, within a transaction.
 */
final class TagUse {
    private static final String DEPLOYMENTS = """
            select d.name, v.tags from deployments d
            join deployment_versions v on v.deployment = d.name and v.version = d.version where v.tags <> '[]'""";
    private static final String ACTIVE = """
            select deployment, count(*) as runs from flow_runs where phase = 1 group by deployment""";

    private final SortedMap<String, Integer> limits = new TreeMap<>();
    private final Map<String, SortedSet<String>> deployments = new TreeMap<>();
    private final Map<String, List<String>> tags = new HashMap<>();
    private final Map<String, Integer> active = new HashMap<>();

    private TagUse() {}

    static TagUse of(Handle handle) {
        TagUse use = new TagUse();
        handle.createQuery("select tag, concurrency from tag_limits")
                .map((row, context) -> Map.entry(row.getString("tag"), row.getInt("concurrency")))
                .forEach(each -> use.limits.put(each.getKey(), each.getValue()));
        if (use.limits.isEmpty()) {
            return use;
        }
        handle.createQuery(DEPLOYMENTS)
                .map((row, context) -> Map.entry(row.getString("name"), Columns.texts(row, "tags")))
                .forEach(each -> use.add(each.getKey(), each.getValue()));
        use.count(handle);
        return use;
    }

    private void add(String deployment, List<String> all) {
        for (String tag : all) {
            if (limits.containsKey(tag)) {
                deployments.computeIfAbsent(tag, any -> new TreeSet<>()).add(deployment);
                tags.computeIfAbsent(deployment, any -> new ArrayList<>()).add(tag);
            }
        }
    }

    /** Counts what goes on, anew. */
    void count(Handle handle) {
        if (!limits.isEmpty()) {
            active.clear();
            active.putAll(counts(handle.createQuery(ACTIVE)));
        }
    }

    static Map<String, Integer> counts(Query query) {
        Map<String, Integer> counts = new HashMap<>();
        query.map((row, context) -> Map.entry(row.getString("deployment"), row.getInt("runs")))
                .forEach(each -> counts.put(each.getKey(), each.getValue()));
        return counts;
    }

    SortedMap<String, Integer> limits() {
        return limits;
    }

    /** Deployments that have it. */
    SortedSet<String> deployments(String tag) {
        return deployments.getOrDefault(tag, new TreeSet<>());
    }

    /** Limited tags of a deployment. */
    List<String> tags(String deployment) {
        return tags.getOrDefault(deployment, List.of());
    }

    /** Runs with it that go on. */
    int active(String tag) {
        return deployments(tag).stream()
                .mapToInt(name -> active.getOrDefault(name, 0))
                .sum();
    }

    /** The tag whose limit leaves no room for a run of the deployment. */
    Optional<String> full(String deployment) {
        return tags(deployment).stream()
                .filter(tag -> active(tag) >= limits.getOrDefault(tag, Integer.MAX_VALUE))
                .findFirst();
    }

    /** Deployments of which no run may begin. */
    List<String> full() {
        return tags.keySet().stream().filter(name -> full(name).isPresent()).toList();
    }

    /** One run more of it goes on. */
    void take(String deployment) {
        active.merge(deployment, 1, Integer::sum);
    }
}
