package io.dagshell.server.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.deploy.FlowDifference;
import io.dagshell.engine.parameter.JsonForm;
import io.dagshell.server.deploy.HowToRun;
import io.dagshell.server.deploy.InvalidDeploymentException;
import io.dagshell.server.deploy.Manifests;
import io.dagshell.store.orchestration.DeploymentSettings;
import io.dagshell.store.orchestration.DeploymentVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * What differs from one version of a deployment to the current one: tasks, parameters and libraries by meaning, as
 * {@code dagshell deployment diff} says it, and the values and settings of {@code deployment.yaml}.
 *
 * @param version that is compared
 * @param lines one for each task and each other change
 */
public record VersionDrift(DeploymentVersion version, List<Line> lines) {
    public VersionDrift {
        lines = List.copyOf(lines);
    }

    /** One thing, and whether it stayed. */
    public record Line(String text, boolean same) {}

    static VersionDrift of(DeploymentVersion version, DeploymentVersion current, Manifests manifests) {
        List<Line> lines = new ArrayList<>();
        try {
            FlowDifference.between(manifests.exported(version), manifests.exported(current))
                    .lines()
                    .forEach(line -> lines.add(new Line(line, line.endsWith(" same"))));
            memory(howToRun(version, manifests), howToRun(current, manifests))
                    .ifPresent(line -> lines.add(new Line(line, false)));
        } catch (InvalidDeploymentException | IllegalArgumentException unreadable) {
            lines.add(new Line("The flows cannot be compared: " + unreadable.getMessage(), false));
        }
        values(version, current).forEach(line -> lines.add(new Line(line, false)));
        settings(version.settings(), current.settings()).forEach(line -> lines.add(new Line(line, false)));
        return new VersionDrift(version, lines);
    }

    private static HowToRun howToRun(DeploymentVersion version, Manifests manifests) {
        return manifests.howToRun(version.deployment(), version.version());
    }

    private static Optional<String> memory(HowToRun before, HowToRun after) {
        return before.memory().equals(after.memory())
                ? Optional.empty()
                : Optional.of("memory " + before.memory().orElse("of the agent") + "→"
                        + after.memory().orElse("of the agent"));
    }

    private static List<String> settings(DeploymentSettings before, DeploymentSettings after) {
        List<String> lines = new ArrayList<>();
        if (!before.concurrency().equals(after.concurrency())) {
            lines.add("concurrency " + shown(before.concurrency()) + "→" + shown(after.concurrency()));
        }
        if (!before.equals(withLimit(after, before.concurrency()))) {
            lines.add("settings of deployment.yaml CHANGED");
        }
        return lines;
    }

    private static DeploymentSettings withLimit(DeploymentSettings settings, OptionalInt limit) {
        return new DeploymentSettings(
                settings.queue(),
                settings.tags(),
                settings.description(),
                limit,
                settings.retrying(),
                settings.pauseAfterFailures());
    }

    private static String shown(OptionalInt limit) {
        return limit.isPresent() ? String.valueOf(limit.getAsInt()) : "no limit";
    }

    private static List<String> values(DeploymentVersion version, DeploymentVersion current) {
        ObjectNode before = object(version.parametersJson());
        ObjectNode after = object(current.parametersJson());
        TreeSet<String> names = new TreeSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        return names.stream()
                .filter(name -> !before.path(name).equals(after.path(name)))
                .map(name -> "value " + name + " " + shown(before, name) + "→" + shown(after, name))
                .toList();
    }

    private static String shown(ObjectNode values, String name) {
        return values.has(name) ? values.get(name).toString() : "default";
    }

    private static ObjectNode object(String json) {
        return JsonForm.parse(json)
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .orElseGet(JsonNodeFactory.instance::objectNode);
    }

    /** Whether a run of one is a run of the other. */
    public boolean isSame() {
        return lines.stream().allMatch(Line::same);
    }
}
