package io.dagshell.runner;

import io.dagshell.engine.yaml.YamlDocument;
import io.dagshell.engine.yaml.YamlNode.Entry;
import io.dagshell.engine.yaml.YamlNode.Mapping;
import io.dagshell.engine.yaml.YamlProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code parameters} of a {@code deployment.yaml}, as the text the flow's parameter schema reads. */
final class DeploymentParameters {
    private static final String PARAMETERS = "parameters";

    private DeploymentParameters() {}

    /**
     * Reads the file; none gives no values. A value is taken as the person wrote it ({@code 007}, {@code 2021-01-01},
     * {@code 1.50}), not as YAML understands it; lists and maps become JSON. An entry without a value gives none.
     *
     * @throws BadInput it is not YAML or its parameters are no entries
     */
    static Map<String, String> read(Path yaml) {
        if (!Files.isRegularFile(yaml)) {
            return Map.of();
        }
        try {
            return read(yaml, Files.readString(yaml));
        } catch (IOException unreadable) {
            throw new BadInput(yaml + " cannot be read: " + unreadable.getMessage() + ".", unreadable);
        }
    }

    /** The same of a text, which {@code yaml} only names. */
    static Map<String, String> read(Path yaml, String text) {
        try {
            Map<String, String> values = new LinkedHashMap<>();
            YamlDocument.read(text).find(PARAMETERS).map(Entry::value).ifPresent(value -> {
                if (value instanceof Mapping parameters) {
                    parameters
                            .entries()
                            .forEach(entry -> entry.value().said().ifPresent(said -> values.put(entry.name(), said)));
                } else if (value.said().filter(said -> !said.isEmpty()).isPresent()) {
                    throw new BadInput(
                            yaml + ":" + value.line() + ": 'parameters' does not hold 'name: value' entries.");
                }
            });
            return values;
        } catch (YamlProblem wrong) {
            throw new BadInput(wrong.in(yaml.toString()), wrong);
        }
    }
}
