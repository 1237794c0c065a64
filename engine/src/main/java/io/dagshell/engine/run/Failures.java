package io.dagshell.engine.run;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.event.KnowsFailureKind;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads exceptions for people: who is to blame, at which line of which cell, and the part of the trace that is theirs. */
final class Failures {
    private static final int CAUSES_READ = 20;
    private static final int FRAMES_SHOWN = 40;
    private static final int FRAMES_WITHOUT_USER = 10;

    /** By name, up the class hierarchy: the engine does not know databases. */
    private static final Set<String> RESOURCE = Set.of(
            "java.sql.SQLException",
            "java.io.IOException",
            "java.io.UncheckedIOException",
            "java.nio.channels.UnresolvedAddressException",
            "java.util.concurrent.TimeoutException",
            "java.lang.OutOfMemoryError");

    /** Exceptions of a resource class that say the input is wrong, not the resource. */
    private static final Set<String> USER = Set.of(
            "java.io.FileNotFoundException",
            "java.nio.file.NoSuchFileException",
            "java.nio.file.NotDirectoryException",
            "java.net.MalformedURLException",
            "java.nio.charset.CharacterCodingException",
            "java.sql.SQLDataException",
            "java.sql.SQLSyntaxErrorException",
            "java.sql.SQLIntegrityConstraintViolationException",
            "java.util.zip.ZipException",
            "java.io.EOFException");

    private final UserFrames frames;

    Failures(UserFrames frames) {
        this.frames = frames;
    }

    static boolean isInterrupt(Throwable failure) {
        return failure instanceof InterruptedException
                || failure instanceof ClosedByInterruptException
                || failure instanceof StoppedException
                || failure instanceof StoppedError;
    }

    /** The kind of the outermost exception that tells one; the user's code otherwise. */
    static FailureKind kindOf(Throwable failure) {
        return knownKindOf(failure).orElse(FailureKind.USER);
    }

    /** The kind of the outermost exception that tells one; empty for one that nothing is known of. */
    static Optional<FailureKind> knownKindOf(Throwable failure) {
        for (Throwable cause : causes(failure)) {
            if (cause instanceof KnowsFailureKind knows) {
                return Optional.of(knows.failureKind());
            }
            Optional<FailureKind> kind = kindOf(cause.getClass());
            if (kind.isPresent()) {
                return kind;
            }
        }
        return Optional.empty();
    }

    private static Optional<FailureKind> kindOf(Class<?> exception) {
        for (Class<?> type = exception; type != null; type = type.getSuperclass()) {
            if (USER.contains(type.getName())) {
                return Optional.of(FailureKind.USER);
            }
            if (RESOURCE.contains(type.getName())) {
                return Optional.of(FailureKind.RESOURCE);
            }
        }
        return Optional.empty();
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && causes.size() < CAUSES_READ; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    /** The place of the first user frame, of the exception or else of a cause; empty if none has one. */
    String location(Throwable failure) {
        for (Throwable cause : causes(failure)) {
            for (StackTraceElement frame : cause.getStackTrace()) {
                Optional<String> place = frames.place(frame);
                if (place.isPresent()) {
                    return place.get();
                }
            }
        }
        return "";
    }

    /** Exception, causes and their frames from where they were thrown down to the outermost user frame. */
    String trace(Throwable failure) {
        StringBuilder text = new StringBuilder();
        String lead = "";
        for (Throwable cause : causes(failure)) {
            text.append(lead).append(cause).append('\n');
            shown(cause).forEach(line -> text.append("    at ").append(line).append('\n'));
            lead = "caused by: ";
        }
        return text.toString().stripTrailing();
    }

    private List<String> shown(Throwable cause) {
        StackTraceElement[] all = cause.getStackTrace();
        int end = 0;
        for (int index = 0; index < all.length; index++) {
            if (frames.place(all[index]).isPresent()) {
                end = index + 1;
            }
        }
        int limit = end == 0 ? FRAMES_WITHOUT_USER : FRAMES_SHOWN;
        List<String> lines = new ArrayList<>();
        for (int index = 0; index < (end == 0 ? all.length : end) && lines.size() < limit; index++) {
            String line = line(all[index]);
            if (line != null) {
                lines.add(line);
            }
        }
        return lines;
    }

    private @Nullable String line(StackTraceElement frame) {
        Optional<String> place = frames.place(frame);
        if (place.isPresent()) {
            return method(frame.getMethodName()) + " (" + place.get() + ")";
        }
        String type = frame.getClassName();
        boolean machinery = type.startsWith("io.dagshell.engine.run.")
                || type.equals("io.dagshell.engine.Dag")
                || type.startsWith("dev.failsafe.")
                || type.startsWith("java.lang.invoke.")
                || type.startsWith("jdk.internal.reflect.")
                || type.startsWith("java.lang.reflect.");
        return machinery ? null : frame.toString();
    }

    /** The method as the user wrote it: {@code fetch$impl} and {@code lambda$fetch$0} are both {@code fetch}. */
    private static String method(String name) {
        String plain = name.startsWith("lambda$") ? name.substring("lambda$".length()) : name;
        int dollar = plain.indexOf('$');
        return dollar > 0 ? plain.substring(0, dollar) : plain;
    }
}
