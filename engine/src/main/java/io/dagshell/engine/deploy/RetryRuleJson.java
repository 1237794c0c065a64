package io.dagshell.engine.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.model.RetryRule;
import io.dagshell.engine.model.RetryRule.Delay;
import java.time.Duration;
import java.util.List;

/** A retry rule within a policy of {@code flow.json}: {@code "retries": 3, "retryDelay": ["PT1S", "PT1M"], …}. */
public final class RetryRuleJson {
    private RetryRuleJson() {}

    public static void write(ObjectNode node, RetryRule rule) {
        node.put("retries", rule.retries());
        if (rule.delay() instanceof Delay.Doubling doubling) {
            node.putObject("retryDelay")
                    .put("from", doubling.first().toString())
                    .put("to", doubling.most().toString());
        } else if (rule.delay() instanceof Delay.Listed listed) {
            ArrayNode waits = node.putArray("retryDelay");
            listed.waits().forEach(wait -> waits.add(wait.toString()));
        }
        if (rule.jitter() > 0) {
            node.put("retryJitter", rule.jitter());
        }
        if (!rule.on().isEmpty()) {
            node.set("retryOn", ManifestJson.texts(rule.on()));
        }
    }

    public static RetryRule read(JsonNode node) {
        return new RetryRule(
                node.path("retries").asInt(),
                delay(node),
                node.path("retryJitter").asDouble(0),
                node.has("retryOn") ? ManifestJson.list(node, "retryOn", JsonNode::asText) : List.of());
    }

    private static Delay delay(JsonNode policy) {
        JsonNode node = policy.path("retryDelay");
        if (node.isObject()) {
            return new Delay.Doubling(
                    Duration.parse(node.path("from").asText()),
                    Duration.parse(node.path("to").asText()));
        }
        return new Delay.Listed(ManifestJson.list(policy, "retryDelay", each -> Duration.parse(each.asText())));
    }
}
