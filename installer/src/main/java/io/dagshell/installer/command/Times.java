package io.dagshell.installer.command;

import io.dagshell.engine.parameter.DurationText;
import io.dagshell.installer.CommandProblem;
import java.time.DateTimeException;
import java.time.Duration;

/** Durations as people type them. */
final class Times {
    private Times() {}

    static Duration parse(String option, String text) {
        try {
            return DurationText.parse(text);
        } catch (DateTimeException | ArithmeticException | NumberFormatException wrong) {
            throw CommandProblem.badInput(option + " is a time such as 90s, 10min, 26h or 2d, not '" + text + "'.");
        }
    }
}
