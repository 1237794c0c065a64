package io.dagshell.kernel.session;

/** A cell ended otherwise than by running to its end; carries what to say. Never leaves the session. */
final class CellFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient CellResult result;
    private final transient CellError error;

    private CellFailure(CellResult result, CellError error) {
        super(error.message(), null, false, false);
        this.result = result;
        this.error = error;
    }

    static CellFailure failed(CellError error) {
        return new CellFailure(new CellResult.Failed(error), error);
    }

    static CellFailure interrupted(CellError error) {
        return new CellFailure(new CellResult.Interrupted(error), error);
    }

    CellResult result() {
        return result;
    }

    CellError error() {
        return error;
    }
}
