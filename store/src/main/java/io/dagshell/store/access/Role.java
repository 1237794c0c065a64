package io.dagshell.store.access;

import io.dagshell.store.orchestration.RefusedException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What somebody may do. What each is for is in {@code docs/access.md}; which routes it has, in the server's own table. */
public enum Role {
    /** Sees everything but secrets, and changes nothing. */
    VIEWER,
    /** Also runs, cancels, resumes, pauses and backfills, and edits schedules. */
    OPERATOR,
    /** Everything: also deployments, blocks, alerts, queues, limits, users and tokens. */
    ADMIN,
    /** A program that runs flows, and sees only what it needs for that. No person has it. */
    AGENT;

    /** How it is written: {@code viewer}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The role of that word.
     *
     * @throws RefusedException there is none
     */
    public static Role of(String word) {
        return Arrays.stream(values())
                .filter(role -> role.word().equals(word))
                .findFirst()
                .orElseThrow(() -> RefusedException.invalid("There is no role '" + word + "'; there are "
                        + Arrays.stream(values()).map(Role::word).collect(Collectors.joining(", ")) + "."));
    }
}
