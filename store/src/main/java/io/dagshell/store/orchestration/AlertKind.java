package io.dagshell.store.orchestration;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a rule tells people of. */
public enum AlertKind {
    /** A run ended as Failed, and no other is made for it. */
    FAILED("ended Failed"),
    /** A run ended as Crashed, and no other is made for it. */
    CRASHED("ended Crashed"),
    /** A run was cancelled. */
    CANCELLED("was cancelled"),
    /** A run ended well. */
    COMPLETED("ended well"),
    /** A run waits though it is due. */
    LATE("is late"),
    /** A run goes on for longer than the rule's time. */
    SLOW("runs for longer than it should"),
    /** No run of a deployment ended well within the rule's time. */
    SILENT("has had no run that ended well"),
    /** Scheduled runs of a deployment failed so often that its schedules were paused. */
    PAUSED("paused its schedules"),
    /** A run asks a person and waits for the answer. */
    APPROVAL("waits for an approval");

    private final String said;

    AlertKind(String said) {
        this.said = said;
    }

    /** As people write it: {@code failed}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the run or the deployment did: {@code ended Failed}. */
    public String said() {
        return said;
    }

    /** Whether a rule of it needs a time. */
    public boolean isTimed() {
        return this == SLOW || this == SILENT;
    }

    /** @throws RefusedException there is none of that word; the message lists those there are */
    public static AlertKind of(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word().equals(word.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> RefusedException.invalid("'" + word + "' is nothing to be told of; there are "
                        + List.of(values()).stream().map(AlertKind::word).collect(Collectors.joining(", ")) + "."));
    }
}
