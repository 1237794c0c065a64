package io.dagshell.installer.command;

import com.fasterxml.jackson.databind.node.TextNode;
import io.dagshell.engine.parameter.JsonForm;
import io.dagshell.installer.CommandProblem;
import java.time.Duration;
import java.util.Objects;

/** Durations as people type them. */
final class Times {
    private Times() {}

    static Duration parse(String option, String text) {
        try {
            return (Duration) Objects.requireNonNull(JsonForm.toJava(TextNode.valueOf(text), Duration.class));
        } catch (RuntimeException wrong) {
            throw CommandProblem.badInput(option + " is a time such as 90s, 10min, 26h or 2d, not '" + text + "'.");
        }
    }
}
