package io.dagshell.store.orchestration;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whom to tell of what.
 *
 * @param name unique in a server
 * @param deployment whose runs; empty for those of all deployments
 * @param after how long a run may take ({@link AlertKind#SLOW}), or a deployment be without a run that ended well ({@link
 *     AlertKind#SILENT})
 * @param quiet for so long after a message, others of the same kind and deployment are counted and not sent; zero sends
 *     each
 * @param block through which it is sent: the name of an SMTP or webhook block
 * @param recipients addresses, for blocks that have any
 * @param active whether it tells at all
 */
public record AlertRule(
        String name,
        Set<AlertKind> kinds,
        Optional<DeploymentName> deployment,
        Optional<Duration> after,
        Duration quiet,
        String block,
        List<String> recipients,
        boolean active) {
    private static final int LONGEST_NAME = 100;
    private static final int MOST_RECIPIENTS = 50;
    private static final Duration LONGEST = Duration.ofDays(366);

    /** @throws RefusedException something does not fit, in words */
    public AlertRule {
        kinds = kinds.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(kinds));
        recipients = List.copyOf(recipients);
        if (name.isBlank()
                || name.length() > LONGEST_NAME
                || !name.strip().equals(name)
                || name.chars().anyMatch(Character::isISOControl)) {
            throw RefusedException.invalid("'" + name + "' cannot name an alert: a name has 1 to " + LONGEST_NAME
                    + " characters, none of them a control character, and no blank at either end.");
        }
        if (kinds.isEmpty()) {
            throw RefusedException.invalid("The alert '" + name + "' tells of nothing: name one or more of "
                    + List.of(AlertKind.values()).stream().map(AlertKind::word).collect(Collectors.joining(", "))
                    + ".");
        }
        if (after.isEmpty() && kinds.stream().anyMatch(AlertKind::isTimed)) {
            throw RefusedException.invalid(
                    "The alert '" + name + "' needs 'after': how long a run may take, or a deployment be silent.");
        }
        after.ifPresent(time -> checkTime("after", time, Duration.ofSeconds(1)));
        checkTime("quiet", quiet, Duration.ZERO);
        if (recipients.size() > MOST_RECIPIENTS) {
            throw RefusedException.invalid("An alert has at most " + MOST_RECIPIENTS + " recipients.");
        }
    }

    private static void checkTime(String field, Duration time, Duration least) {
        if (time.compareTo(least) < 0 || time.compareTo(LONGEST) > 0) {
            throw RefusedException.invalid("The time '" + field + "' of an alert is "
                    + (least.isZero() ? "zero" : "a second") + " to " + LONGEST.toDays() + " days, not " + time + ".");
        }
    }

    /** The same, telling or not. */
    public AlertRule withActive(boolean other) {
        return new AlertRule(name, kinds, deployment, after, quiet, block, recipients, other);
    }

    /** The words of its kinds, in their order. */
    public List<String> words() {
        return new TreeSet<>(kinds).stream().map(AlertKind::word).toList();
    }
}
