package io.dagshell.engine.run;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.model.RetryRule;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Whether trying again may mend a failure. Neither cancellation nor an error of the machine goes away by it. Beyond that
 * the header's {@code retryOn} decides; without one the kind does: what is known to be the input's fault, or DagShell's,
 * comes again. Stateless.
 */
final class RetryDecision {
    private RetryDecision() {}

    static boolean mayHelp(LiveCall call, RetryRule rule, Throwable failure) {
        if (call.cancellation().isCancelled() || !isFailureOfWork(failure)) {
            return false;
        }
        if (!rule.on().isEmpty()) {
            return rule.names(failure) || told(call, Words.of(failure) + " is not among those of retryOn");
        }
        Optional<FailureKind> kind = Failures.knownKindOf(failure);
        if (kind.isEmpty() || kind.get() == FailureKind.RESOURCE) {
            return true;
        }
        String name = failure.getClass().getSimpleName();
        String blame = kind.get() == FailureKind.USER ? "the input's or the code's" : "DagShell's";
        return told(call, Words.of(failure) + " is " + blame + " fault; retryOn=" + name + " would try it again");
    }

    /** Whether the server that has the run may try it again later, in another process. */
    static boolean mayHelpLater(LiveCall root, ServedRun served, Throwable failure) {
        if (served.retriesLeft() < 1 || root.cancellation().isCancelled() || !isFailureOfWork(failure)) {
            return false;
        }
        String kind = Failures.kindOf(failure).name().toLowerCase(Locale.ROOT);
        if (served.retryWhen().contains(kind)) {
            return true;
        }
        return served.retryWhen().contains("failed")
                ? mayHelp(root, root.task().policy().retry(), failure)
                : told(root, "its kind is " + kind + ", and retry_when names other ends");
    }

    private static boolean isFailureOfWork(Throwable failure) {
        return !Failures.isInterrupt(failure)
                && !(failure instanceof CancellationException)
                && (failure instanceof Exception || failure instanceof AssertionError)
                && !(failure instanceof RefusedCallException);
    }

    private static boolean told(LiveCall call, String why) {
        call.log("WARN", "not tried again: " + why);
        return false;
    }
}
