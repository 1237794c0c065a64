package io.dagshell.store.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.deploy.RetryRuleJson;
import io.dagshell.engine.json.JsonTree;
import io.dagshell.engine.model.RetryRule;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * When a run of a deployment is tried again, without a person: how often, after what wait, and after which ends. What it
 * finished is not repeated.
 *
 * @param rule how often and how long it waits
 * @param when ends, of {@link #ENDS}
 */
public record Retrying(RetryRule rule, SortedSet<String> when) {
    /** Its agent or process went away; it failed and the flow's header would try it again; it failed by that kind. */
    public static final List<String> ENDS = List.of("crashed", "failed", "resource", "user", "system");

    /** What holds where nobody says. */
    private static final List<String> USUAL = List.of("crashed", "failed");

    private static final String CRASHED = "crashed";
    private static final int MOST = 1_000;

    public Retrying {
        when = Collections.unmodifiableSortedSet(new TreeSet<>(when));
        if (rule.retries() > MOST) {
            throw RefusedException.invalid(
                    "A run is tried again at most " + MOST + " times, not " + rule.retries() + ".");
        }
        for (String end : when) {
            if (!ENDS.contains(end)) {
                throw RefusedException.invalid("A run is tried again after an end of " + String.join(", ", ENDS)
                        + ", not after '" + end + "'.");
            }
        }
    }

    /** One attempt. */
    public static Retrying never() {
        return of(RetryRule.none());
    }

    /** After a crash, and after a failure where the flow's header would try it again. */
    public static Retrying of(RetryRule rule) {
        return new Retrying(rule, new TreeSet<>(USUAL));
    }

    /** What versions said before failures were among it. */
    static Retrying crashes(int retries, Duration delay) {
        return new Retrying(RetryRule.of(retries, delay), new TreeSet<>(List.of(CRASHED)));
    }

    boolean afterCrash() {
        return when.contains(CRASHED);
    }

    String toJson() {
        ObjectNode node = JsonTree.PLAIN.object();
        RetryRuleJson.write(node, rule);
        ArrayNode ends = node.putArray("when");
        when.forEach(ends::add);
        return JsonTree.PLAIN.text(node);
    }

    static Retrying of(JsonNode node) {
        SortedSet<String> ends = new TreeSet<>();
        node.path("when").forEach(end -> ends.add(end.asText()));
        return new Retrying(RetryRuleJson.read(node), ends);
    }
}
