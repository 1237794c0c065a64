package io.dagshell.blocks.cloud;

import org.jspecify.annotations.Nullable;

/** What a cloud service answered, in one sentence without the name of the block. */
public final class CloudException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean ofUser;

    /** @param ofUser whether another try would end the same */
    public CloudException(boolean ofUser, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.ofUser = ofUser;
    }

    public boolean ofUser() {
        return ofUser;
    }
}
