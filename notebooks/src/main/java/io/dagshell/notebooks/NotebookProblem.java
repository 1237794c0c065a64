package io.dagshell.notebooks;

/** A notebook that cannot be read, run or exported as it is; the message is one sentence that names the file. */
public final class NotebookProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotebookProblem(String message) {
        super(message);
    }

    public NotebookProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
