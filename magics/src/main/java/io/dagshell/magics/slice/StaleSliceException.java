package io.dagshell.magics.slice;

/** A slice that was kept is of no use any more; the notebook is to be compiled anew. */
public final class StaleSliceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StaleSliceException(Throwable cause) {
        super(cause);
    }
}
