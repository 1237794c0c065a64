package io.dagshell.notebooks.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import io.dagshell.engine.parameter.JsonForm;
import io.dagshell.engine.yaml.YamlLines;
import io.dagshell.engine.yaml.YamlNode;
import io.dagshell.engine.yaml.YamlNode.Entry;
import io.dagshell.engine.yaml.YamlNode.Mapping;
import io.dagshell.engine.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A {@code deployment.yaml} that a person may have edited, brought up to a newly built flow. What the person wrote
 * stays; a value that still is the former default becomes the new one; a new parameter is added; one that is gone is
 * commented out and said.
 *
 * @param text the new text
 * @param warnings sentences for the person
 */
record MergedYaml(String text, List<String> warnings) {
    private static final String PARAMETERS = "parameters";

    MergedYaml {
        warnings = List.copyOf(warnings);
    }

    /**
     * Merges.
     *
     * @param former what the folder's own {@code flow.json} says, if it is there
     * @throws io.dagshell.engine.yaml.YamlProblem the edited text is no YAML
     */
    static MergedYaml of(String edited, Optional<FlowManifest> former, String name, FlowManifest built) {
        YamlLines yaml = new YamlLines(edited);
        Mapping root = yaml.root();
        List<String> warnings = new ArrayList<>();
        if (!said(root, "name").equals(Optional.of(name))) {
            yaml.set("name", DeploymentYaml.name(name));
        }
        if (!said(root, "flow").equals(Optional.of(built.flow().value()))) {
            yaml.set("flow", DeploymentYaml.flow(built));
        }
        List<String> blocks = blocks(root);
        List<String> wanted = new ArrayList<>(built.blocks());
        blocks.stream().filter(block -> isOfPerson(block, former, built)).forEach(wanted::add);
        if (!blocks.equals(wanted)) {
            yaml.set("blocks", DeploymentYaml.blocks(wanted));
        }
        parameters(yaml, former, built, warnings);
        return new MergedYaml(yaml.text(), warnings);
    }

    /** A person added it, for code that computes its name; one that the flow used to name is none of these. */
    private static boolean isOfPerson(String block, Optional<FlowManifest> former, FlowManifest built) {
        return !built.blocks().contains(block)
                && former.filter(manifest -> !manifest.blocks().contains(block)).isPresent();
    }

    private static Optional<String> said(Mapping mapping, String name) {
        return mapping.find(name).flatMap(entry -> entry.value().said());
    }

    private static List<String> blocks(Mapping root) {
        return root.find("blocks")
                .map(Entry::value)
                .filter(Sequence.class::isInstance)
                .map(value -> ((Sequence) value)
                        .items().stream().flatMap(item -> item.said().stream()).toList())
                .orElse(List.of());
    }

    private static void parameters(
            YamlLines yaml, Optional<FlowManifest> former, FlowManifest built, List<String> warnings) {
        Mapping values = yaml.below(PARAMETERS);
        // An entry without a value is one whose parameters all stand as comments.
        boolean empty = yaml.root()
                .find(PARAMETERS)
                .filter(entry -> entry.value().said().isEmpty())
                .isPresent();
        if (!empty && !yaml.isBlock(PARAMETERS)) {
            yaml.set(PARAMETERS, block(values, built));
        }
        Map<String, String> formerDefaults = former.stream()
                .flatMap(manifest -> manifest.parameters().stream())
                .filter(parameter -> parameter.defaultJson().isPresent())
                .collect(Collectors.toMap(
                        FlowParameter::name,
                        parameter -> parameter.defaultJson().orElseThrow()));
        for (FlowParameter parameter : built.parameters()) {
            Optional<YamlNode> value = values.find(parameter.name()).map(Entry::value);
            if (value.isEmpty()) {
                add(yaml, parameter);
            } else if (is(value.get(), formerDefaults.get(parameter.name()))
                    && parameter.defaultJson().isPresent()
                    && !is(value.get(), parameter.defaultJson().get())) {
                yaml.span(PARAMETERS, parameter.name())
                        .ifPresent(span -> yaml.replace(span, List.of(DeploymentYaml.value(parameter))));
            }
        }
        vanished(yaml, values, built, warnings);
    }

    private static void add(YamlLines yaml, FlowParameter parameter) {
        boolean told = parameter.defaultJson().isEmpty() && yaml.mentions("# " + parameter.name() + ":");
        if (!told && yaml.below(PARAMETERS).find(parameter.name()).isEmpty()) {
            yaml.append(PARAMETERS, DeploymentYaml.parameter(parameter));
        }
    }

    private static void vanished(YamlLines yaml, Mapping values, FlowManifest built, List<String> warnings) {
        Set<String> known = built.parameters().stream().map(FlowParameter::name).collect(Collectors.toSet());
        for (Entry value : values.entries()) {
            if (!known.contains(value.name())) {
                yaml.span(PARAMETERS, value.name()).ifPresent(span -> {
                    List<String> commented = new ArrayList<>(List.of("  # gone from flow " + built.flow() + ":"));
                    yaml.lines()
                            .subList(span.start(), span.end())
                            .forEach(line -> commented.add("  # " + line.strip()));
                    yaml.replace(span, commented);
                });
                warnings.add("Flow " + built.flow() + " has no parameter '" + value.name()
                        + "' any more; its value in deployment.yaml is commented out.");
            }
        }
    }

    /** The entries as a block, one to a line, with the values the person gave. */
    private static List<String> block(Mapping values, FlowManifest built) {
        Map<String, FlowParameter> declared =
                built.parameters().stream().collect(Collectors.toMap(FlowParameter::name, Function.identity()));
        List<String> lines = new ArrayList<>();
        for (Entry value : values.entries()) {
            FlowParameter parameter = declared.get(value.name());
            if (parameter != null) {
                lines.addAll(DeploymentYaml.parameter(new FlowParameter(
                        value.name(),
                        parameter.type(),
                        parameter.description(),
                        Optional.of(JsonForm.canonical(value.value().json())))));
            }
        }
        built.parameters().stream()
                .filter(parameter -> values.find(parameter.name()).isEmpty())
                .forEach(parameter -> lines.addAll(DeploymentYaml.parameter(parameter)));
        if (lines.isEmpty()) {
            return List.of("parameters: {}");
        }
        lines.add(0, "parameters:");
        return lines;
    }

    private static boolean is(YamlNode value, @Nullable String json) {
        if (json == null) {
            return false;
        }
        JsonNode other = JsonForm.parse(json)
                .orElseThrow(() -> new IllegalStateException("a former default is not JSON: " + json));
        // A text is one however it is quoted, and a number is none for a parameter that is a text.
        if (other.isTextual()) {
            return value.said().equals(Optional.of(other.textValue()));
        }
        JsonNode own = value.json();
        return own.isNumber() && other.isNumber()
                ? own.decimalValue().compareTo(other.decimalValue()) == 0
                : own.equals(other);
    }
}
