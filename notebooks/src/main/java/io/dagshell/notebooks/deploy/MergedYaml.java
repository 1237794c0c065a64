package io.dagshell.notebooks.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

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
     * @throws IOException the edited text is no YAML
     */
    static MergedYaml of(String edited, Optional<FlowManifest> former, String name, FlowManifest built)
            throws IOException {
        YamlText yaml = new YamlText(edited);
        JsonNode tree = yaml.tree();
        List<String> warnings = new ArrayList<>();
        if (!tree.path("name").asText().equals(name)) {
            yaml.replace("name", DeploymentYaml.name(name));
        }
        if (!tree.path("flow").asText().equals(built.flow().value())) {
            yaml.replace("flow", DeploymentYaml.flow(built));
        }
        List<String> blocks = new ArrayList<>();
        tree.path("blocks").forEach(block -> blocks.add(block.asText()));
        if (!blocks.equals(built.blocks())) {
            yaml.replace("blocks", DeploymentYaml.blocks(built.blocks()));
        }
        parameters(yaml, former, built, warnings);
        return new MergedYaml(yaml.text(), warnings);
    }

    private static void parameters(
            YamlText yaml, Optional<FlowManifest> former, FlowManifest built, List<String> warnings)
            throws IOException {
        JsonNode values = yaml.tree().path(PARAMETERS);
        // An entry without a value is one whose parameters all stand as comments.
        if (!values.isNull() && !yaml.isBlock(PARAMETERS)) {
            yaml.replace(PARAMETERS, block(values, built));
        }
        Map<String, String> formerDefaults = former.stream()
                .flatMap(manifest -> manifest.parameters().stream())
                .filter(parameter -> parameter.defaultJson().isPresent())
                .collect(Collectors.toMap(
                        FlowParameter::name,
                        parameter -> parameter.defaultJson().orElseThrow()));
        for (FlowParameter parameter : built.parameters()) {
            if (!values.has(parameter.name())) {
                add(yaml, parameter);
            } else if (is(values.get(parameter.name()), formerDefaults.get(parameter.name()))
                    && parameter.defaultJson().isPresent()
                    && !is(values.get(parameter.name()), parameter.defaultJson().get())) {
                yaml.replaceBelow(PARAMETERS, parameter.name(), List.of(DeploymentYaml.value(parameter)));
            }
        }
        vanished(yaml, values, built, warnings);
    }

    private static void add(YamlText yaml, FlowParameter parameter) throws IOException {
        boolean told = parameter.defaultJson().isEmpty() && yaml.mentions("# " + parameter.name() + ":");
        if (!told && !yaml.tree().path(PARAMETERS).has(parameter.name())) {
            yaml.append(PARAMETERS, DeploymentYaml.parameter(parameter));
        }
    }

    private static void vanished(YamlText yaml, JsonNode values, FlowManifest built, List<String> warnings)
            throws IOException {
        List<String> known =
                built.parameters().stream().map(FlowParameter::name).toList();
        List<String> gone = new ArrayList<>();
        values.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                gone.add(name);
            }
        });
        for (String name : gone) {
            yaml.commentOut(PARAMETERS, name, "gone from flow " + built.flow() + ":");
            warnings.add("Flow " + built.flow() + " has no parameter '" + name
                    + "' any more; its value in deployment.yaml is commented out.");
        }
    }

    /** The entries as a block, one to a line, with the values the person gave. */
    private static List<String> block(JsonNode values, FlowManifest built) {
        Map<String, FlowParameter> declared =
                built.parameters().stream().collect(Collectors.toMap(FlowParameter::name, Function.identity()));
        List<String> lines = new ArrayList<>();
        for (Iterator<String> names = values.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            FlowParameter parameter = declared.get(name);
            if (parameter != null) {
                lines.addAll(DeploymentYaml.parameter(new FlowParameter(
                        name,
                        parameter.type(),
                        parameter.description(),
                        Optional.of(values.get(name).toString()))));
            }
        }
        built.parameters().stream()
                .filter(parameter -> !values.has(parameter.name()))
                .forEach(parameter -> lines.addAll(DeploymentYaml.parameter(parameter)));
        if (lines.isEmpty()) {
            return List.of("parameters: {}");
        }
        lines.add(0, "parameters:");
        return lines;
    }

    private static boolean is(JsonNode value, @org.jspecify.annotations.Nullable String json) throws IOException {
        if (json == null) {
            return false;
        }
        try {
            JsonNode other = YamlScalar.JSON.readTree(json);
            return value.isNumber() && other.isNumber()
                    ? value.decimalValue().compareTo(other.decimalValue()) == 0
                    : value.equals(other);
        } catch (JsonProcessingException notJson) {
            throw new IOException("a former default is not JSON: " + json, notJson);
        }
    }
}
