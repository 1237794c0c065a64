package io.dagshell.notebooks.deploy;

import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** The text of a new {@code deployment.yaml}: the page people edit, so every entry says what it is for. */
final class DeploymentYaml {
    private DeploymentYaml() {}

    /**
     * What a new deployment is called.
     *
     * @param folder of the notebook, if it is of a file
     */
    record Head(String name, Optional<String> description, SortedSet<String> tags, Optional<Path> folder) {}

    static String create(Head head, FlowManifest manifest) {
        List<String> lines = new ArrayList<>();
        lines.add("# The deployment of flow " + manifest.flow() + " of " + manifest.notebook()
                + ". Edit it: building again keeps what you changed.");
        lines.addAll(name(head.name()));
        lines.addAll(flow(manifest));
        lines.add("description: " + YamlScalar.text(head.description().orElse("")));
        lines.add("tags: ["
                + String.join(", ", head.tags().stream().map(YamlScalar::text).toList()) + "]");
        lines.add("");
        lines.add("# What a run starts with, unless it is given other values.");
        lines.addAll(parameters(manifest.parameters()));
        lines.add("");
        lines.add("# When it runs by itself: a list of entries such as {cron: \"0 * * * *\", zone: UTC}.");
        lines.add("schedules: []");
        lines.add("work_queue: default");
        head.folder().ifPresent(folder -> {
            lines.add("# Where relative paths begin; on a machine without it, in the agent's own folder.");
            lines.add("working_directory: " + YamlScalar.text(folder.toString()));
        });
        lines.add("# How many runs may go on at once; null is any number.");
        lines.add("concurrency: null");
        lines.add("# The greatest heap of a run, such as 2g; null is what the agent gives.");
        lines.add("memory: null");
        lines.add("");
        lines.add("# What it needs: dagshell block set NAME.");
        lines.addAll(blocks(manifest.blocks()));
        return String.join("\n", lines) + "\n";
    }

    static List<String> name(String name) {
        return List.of("name: " + YamlScalar.text(name));
    }

    static List<String> flow(FlowManifest manifest) {
        return List.of("flow: " + manifest.flow());
    }

    static List<String> blocks(List<String> names) {
        if (names.isEmpty()) {
            return List.of("blocks: []");
        }
        List<String> lines = new ArrayList<>(List.of("blocks:"));
        names.forEach(name -> lines.add("  - " + name));
        return lines;
    }

    static List<String> parameters(List<FlowParameter> parameters) {
        if (parameters.isEmpty()) {
            return List.of("parameters: {}");
        }
        List<String> lines = new ArrayList<>(List.of("parameters:"));
        parameters.forEach(parameter -> lines.addAll(parameter(parameter)));
        return lines;
    }

    /** A parameter without default stands as a comment, so that a run without a value is refused by its name. */
    static List<String> parameter(FlowParameter parameter) {
        String type = parameter.type().replaceAll("\\b(?:[a-z_][\\w$]*\\.)+", "");
        String about = parameter.description().map(text -> ": " + text).orElse("");
        if (parameter.defaultJson().isEmpty()) {
            return List.of("  # " + type + ", required" + about, "  # " + parameter.name() + ":");
        }
        return List.of("  # " + type + about, value(parameter));
    }

    static String value(FlowParameter parameter) {
        return "  " + parameter.name() + ": "
                + YamlScalar.of(parameter.defaultJson().orElseThrow());
    }
}
