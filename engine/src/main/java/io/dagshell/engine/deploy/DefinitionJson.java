package io.dagshell.engine.deploy;

import static io.dagshell.engine.deploy.ManifestJson.list;
import static io.dagshell.engine.deploy.ManifestJson.optional;
import static io.dagshell.engine.deploy.ManifestJson.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.json.JsonTree;
import io.dagshell.engine.model.CodeIdentity;
import io.dagshell.engine.model.CodeIdentity.CodePart;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.Parameter;
import io.dagshell.engine.model.Policy;
import io.dagshell.engine.model.Policy.CacheRule;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskDefinition.Origin;
import io.dagshell.engine.model.TaskName;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A task's definition within {@code flow.json}. */
final class DefinitionJson {
    private DefinitionJson() {}

    static ObjectNode write(TaskDefinition definition) {
        ObjectNode node = JsonTree.PLAIN.object();
        node.put("name", definition.name().value());
        node.put("kind", definition.kind().name());
        ArrayNode parameters = node.putArray("parameters");
        for (Parameter parameter : definition.parameters()) {
            ObjectNode each =
                    parameters.addObject().put("name", parameter.name()).put("type", parameter.type());
            parameter.description().ifPresent(text -> each.put("description", text));
        }
        node.put("returns", definition.returnType());
        node.set("policy", policy(definition.policy()));
        node.set("code", code(definition.code()));
        node.putObject("origin")
                .put("notebook", definition.origin().notebook())
                .put("cell", definition.origin().cell())
                .put("line", definition.origin().line());
        node.set("blocks", ManifestJson.texts(definition.blocks()));
        return node;
    }

    static TaskDefinition read(JsonNode node) {
        JsonNode origin = node.path("origin");
        return new TaskDefinition(
                new TaskName(text(node, "name")),
                Kind.valueOf(text(node, "kind")),
                list(
                        node,
                        "parameters",
                        each -> new Parameter(text(each, "name"), text(each, "type"), optional(each, "description"))),
                text(node, "returns"),
                readPolicy(node.path("policy")),
                readCode(node.path("code")),
                new Origin(
                        text(origin, "notebook"),
                        origin.path("cell").asInt(),
                        origin.path("line").asInt()),
                list(node, "blocks", JsonNode::asText));
    }

    private static ObjectNode policy(Policy policy) {
        ObjectNode node = JsonTree.PLAIN.object();
        node.put("title", policy.title());
        RetryRuleJson.write(node, policy.retry());
        policy.cache().ifPresent(rule -> {
            ObjectNode cache = node.putObject("cache");
            rule.maxAge().ifPresent(age -> cache.put("maxAge", age.toString()));
        });
        node.put("effect", policy.effect());
        policy.timeout().ifPresent(timeout -> node.put("timeout", timeout.toString()));
        node.set("tags", ManifestJson.texts(policy.tags()));
        policy.concurrency().ifPresent(limit -> node.put("concurrency", limit));
        policy.tagLimits().forEach((tag, limit) -> node.withObject("/tagLimits").put(tag, limit));
        policy.version().ifPresent(version -> node.put("version", version));
        return node;
    }

    private static Policy readPolicy(JsonNode node) {
        Optional<CacheRule> cache = node.has("cache")
                ? Optional.of(
                        new CacheRule(optional(node.path("cache"), "maxAge").map(Duration::parse)))
                : Optional.empty();
        OptionalInt concurrency = node.has("concurrency")
                ? OptionalInt.of(node.path("concurrency").asInt())
                : OptionalInt.empty();
        return new Policy(
                text(node, "title"),
                RetryRuleJson.read(node),
                cache,
                node.path("effect").asBoolean(),
                optional(node, "timeout").map(Duration::parse),
                new TreeSet<>(list(node, "tags", JsonNode::asText)),
                concurrency,
                tagLimits(node.path("tagLimits")),
                optional(node, "version"));
    }

    private static SortedMap<String, Integer> tagLimits(JsonNode node) {
        SortedMap<String, Integer> limits = new TreeMap<>();
        node.properties()
                .forEach(each -> limits.put(each.getKey(), each.getValue().asInt()));
        return limits;
    }

    private static ObjectNode code(CodeIdentity identity) {
        ObjectNode node = JsonTree.PLAIN.object();
        if (identity instanceof CodeIdentity.Unknown unknown) {
            return node.put("unknown", unknown.why());
        }
        ArrayNode parts = node.putArray("parts");
        for (CodePart part : ((CodeIdentity.Known) identity).parts()) {
            ObjectNode each = parts.addObject()
                    .put("kind", part.kind())
                    .put("name", part.name())
                    .put("digest", part.digest());
            part.cell().ifPresent(cell -> each.put("cell", cell));
        }
        return node;
    }

    private static CodeIdentity readCode(JsonNode node) {
        if (node.has("unknown")) {
            return new CodeIdentity.Unknown(text(node, "unknown"));
        }
        return new CodeIdentity.Known(list(
                node,
                "parts",
                part -> new CodePart(
                        text(part, "kind"),
                        text(part, "name"),
                        text(part, "digest"),
                        part.has("cell") ? OptionalInt.of(part.path("cell").asInt()) : OptionalInt.empty())));
    }
}
