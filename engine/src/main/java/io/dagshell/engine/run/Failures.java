package io.dagshell.engine.run;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.event.KnowsFailureKind;
import java.nio.channels.ClosedByInterruptException;
import java.util.Optional;
import java.util.Set;

/** Who is to blame for an exception. */
final class Failures {
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

    private Failures() {}

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
        for (Throwable cause : UserTrace.causes(failure)) {
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
}
