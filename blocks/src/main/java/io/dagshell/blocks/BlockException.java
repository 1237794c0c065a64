package io.dagshell.blocks;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.event.KnowsFailureKind;
import org.jspecify.annotations.Nullable;

/** What a block could not do: one sentence that names the block and what it connects to, never a secret. */
public final class BlockException extends RuntimeException implements KnowsFailureKind {
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;

    BlockException(FailureKind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    static BlockException user(String message) {
        return new BlockException(FailureKind.USER, message, null);
    }

    @Override
    public FailureKind failureKind() {
        return kind;
    }
}
