package io.dagshell.kernel.dependency;

import java.util.Optional;

/** A library cannot be had. The message says which, what is near it, and who was asked. */
public final class DependencyException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String about;
    private final boolean unreachable;

    private DependencyException(String about, boolean unreachable, String message) {
        super(message);
        this.about = about;
        this.unreachable = unreachable;
    }

    /** It does not exist, or contradicts what is loaded; {@code about} is its {@code group:artifact}. */
    public static DependencyException wrong(String about, String message) {
        return new DependencyException(about, false, message);
    }

    /** A repository could not be asked. */
    public static DependencyException unreachable(String about, String message) {
        return new DependencyException(about, true, message);
    }

    /** {@code group:artifact}, if it is about one. */
    public Optional<String> about() {
        return about.isEmpty() ? Optional.empty() : Optional.of(about);
    }

    /** Whether trying again later may help. */
    public boolean isUnreachable() {
        return unreachable;
    }
}
