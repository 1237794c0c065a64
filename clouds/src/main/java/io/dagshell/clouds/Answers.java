package io.dagshell.clouds;

import com.google.cloud.BaseServiceException;
import com.google.cloud.bigquery.BigQueryError;
import com.google.cloud.bigquery.BigQueryException;
import io.dagshell.blocks.cloud.CloudException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A service's refusals in words that go on "it …". */
final class Answers {
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION = 412;
    private static final int TOO_MANY = 429;

    private Answers() {}

    /** @param what the thing that is missing if the answer is 404: {@code "has no bucket trips"} */
    static CloudException told(BaseServiceException refused, String what) {
        if (refused instanceof BigQueryException job && job.getCode() <= 0 && job.getError() != null) {
            return ofJob(job, job.getError(), what);
        }
        return switch (refused.getCode()) {
            case NOT_FOUND -> new CloudException(true, what, refused);
            case 401 -> new CloudException(true, "does not know the credentials: " + message(refused), refused);
            case 403 -> forbidden(refused);
            case PRECONDITION -> new CloudException(false, "was written to by someone else meanwhile", refused);
            case TOO_MANY ->
                new CloudException(false, "is over its quota and stayed so (429): " + message(refused), refused);
            default -> other(refused);
        };
    }

    /** Reasons: https://cloud.google.com/bigquery/docs/error-messages. */
    private static CloudException ofJob(BigQueryException failed, BigQueryError error, String what) {
        String said = Objects.requireNonNullElse(error.getMessage(), "no reason given")
                .replaceAll("\\.$", "");
        return switch (String.valueOf(error.getReason())) {
            case "notFound" ->
                new CloudException(true, said.contains("Dataset") ? what : "has no such thing: " + said, failed);
            case "backendError", "internalError", "rateLimitExceeded", "jobRateLimitExceeded", "quotaExceeded" ->
                new CloudException(false, "failed and stayed so: " + said, failed);
            case "stopped" -> new CloudException(false, "was told to stop the job", failed);
            default -> new CloudException(true, "refused it: " + said, failed);
        };
    }

    private static CloudException forbidden(BaseServiceException refused) {
        boolean quota = refused.getReason() != null && refused.getReason().contains("imitExceeded");
        return quota
                ? new CloudException(false, "is over its quota and stayed so: " + message(refused), refused)
                : new CloudException(true, "does not permit it: " + message(refused), refused);
    }

    private static CloudException other(BaseServiceException refused) {
        if (refused.getCode() >= 500) {
            return new CloudException(
                    false, "answered " + refused.getCode() + " and stayed so: " + message(refused), refused);
        }
        if (refused.getCode() >= 400) {
            return new CloudException(true, "refused it (" + refused.getCode() + "): " + message(refused), refused);
        }
        return new CloudException(false, "cannot be reached: " + reason(refused), refused);
    }

    private static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "the name " + cause.getMessage() + " is unknown";
            }
            if (cause instanceof ConnectException || cause instanceof SocketTimeoutException) {
                return message(cause);
            }
        }
        return message(failure);
    }

    static String message(@Nullable Throwable failure) {
        String text = failure == null || failure.getMessage() == null ? "no reason given" : failure.getMessage();
        return text.lines().findFirst().orElse("").replaceAll("\\.$", "");
    }
}
