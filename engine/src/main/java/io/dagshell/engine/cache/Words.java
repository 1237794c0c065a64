package io.dagshell.engine.cache;

import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.Locale;

/** Trouble and durations in words for the run line. */
final class Words {
    private Words() {}

    static String of(Exception trouble) {
        Throwable cause = trouble.getCause() == null ? trouble : trouble.getCause();
        String message = String.valueOf(cause.getMessage());
        if (message.toLowerCase(Locale.ROOT).contains("no space left")
                || message.toLowerCase(Locale.ROOT).contains("disk quota exceeded")) {
            return "the cache's disk is full";
        }
        if (cause instanceof ClosedByInterruptException) {
            return "interrupted while it was written";
        }
        if (cause instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile();
        }
        return cause instanceof FileSystemException ? "cannot use " + message : message;
    }

    /** In the unit that gives a number from 2 to about 100. */
    static String of(Duration duration) {
        if (duration.toDays() >= 2) {
            return duration.toDays() + " d";
        }
        if (duration.toHours() >= 2) {
            return duration.toHours() + " h";
        }
        return duration.toMinutes() >= 2 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
    }
}
