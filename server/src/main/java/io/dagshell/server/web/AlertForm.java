package io.dagshell.server.web;

import io.dagshell.engine.parameter.DurationText;
import io.dagshell.store.orchestration.AlertKind;
import io.dagshell.store.orchestration.AlertRule;
import io.dagshell.store.orchestration.DeploymentName;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A rule as it is typed.
 *
 * @param fresh whether it is to be made
 * @param deployment empty for all
 * @param recipients addresses, separated by commas or spaces
 */
public record AlertForm(
        String name,
        boolean fresh,
        List<String> kinds,
        String deployment,
        String after,
        String quiet,
        String block,
        String recipients) {
    private static final long MINUTE = 60;
    private static final long HOUR = 3_600;

    public AlertForm {
        kinds = List.copyOf(kinds);
    }

    static AlertForm blank(List<String> blocks) {
        List<String> usual = List.of(AlertKind.FAILED.word(), AlertKind.CRASHED.word());
        String block = blocks.isEmpty() ? "" : blocks.get(0);
        return new AlertForm("", true, usual, "", "", "10min", block, "");
    }

    static AlertForm of(AlertRule rule) {
        return new AlertForm(
                rule.name(),
                false,
                rule.words(),
                rule.deployment().map(DeploymentName::value).orElse(""),
                rule.after().map(AlertForm::words).orElse(""),
                rule.quiet().isZero() ? "" : words(rule.quiet()),
                rule.block(),
                String.join(", ", rule.recipients()));
    }

    static AlertForm of(Context request) {
        return new AlertForm(
                text(request, "name"),
                text(request, "fresh").equals("true"),
                request.formParams("on"),
                text(request, "deployment"),
                text(request, "after"),
                text(request, "quiet"),
                text(request, "block"),
                text(request, "recipients"));
    }

    private static String text(Context request, String name) {
        return Optional.ofNullable(request.formParam(name)).orElse("").strip();
    }

    /** {@code 90min}, {@code 26h} or {@code 45s}. */
    static String words(Duration time) {
        long seconds = time.toSeconds();
        if (seconds % HOUR == 0) {
            return seconds / HOUR + "h";
        }
        return seconds % MINUTE == 0 ? seconds / MINUTE + "min" : seconds + "s";
    }

    /** @throws RuntimeException something does not fit, in words */
    AlertRule rule() {
        return new AlertRule(
                name,
                kinds.stream().map(AlertKind::of).collect(Collectors.toSet()),
                deployment.isEmpty() ? Optional.empty() : Optional.of(new DeploymentName(deployment)),
                after.isEmpty() ? Optional.empty() : Optional.of(time("after", after)),
                quiet.isEmpty() ? Duration.ZERO : time("quiet", quiet),
                block,
                Arrays.stream(recipients.split("[,;\\s]+"))
                        .filter(each -> !each.isEmpty())
                        .toList(),
                true);
    }

    private static Duration time(String field, String text) {
        try {
            return DurationText.parse(text);
        } catch (DateTimeException | ArithmeticException | NumberFormatException wrong) {
            throw new IllegalArgumentException(
                    "The time '" + field + "' is written like 90s, 10min, 26h or 2d, not '" + text + "'.", wrong);
        }
    }
}
