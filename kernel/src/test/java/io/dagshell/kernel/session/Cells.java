package io.dagshell.kernel.session;

import java.util.List;

/** A session with its cells numbered from 1, as a person runs them. */
final class Cells implements AutoCloseable {
    private final JavaSession session;
    private int number;

    private Cells(JavaSession session) {
        this.session = session;
    }

    static Cells open(KernelExtension... extensions) {
        return new Cells(JavaSession.open(List.of(), ClassLoader.getPlatformClassLoader(), List.of(extensions)));
    }

    JavaSession session() {
        return session;
    }

    /** Runs a cell, however it ends. */
    Recorder run(String text) {
        Recorder output = new Recorder();
        number++;
        session.execute(new CellRequest("[" + number + "]", number, text), output);
        return output;
    }

    /** Runs a cell that must succeed. */
    Recorder must(String text) {
        Recorder output = new Recorder();
        number++;
        CellResult result = session.execute(new CellRequest("[" + number + "]", number, text), output);
        if (!(result instanceof CellResult.Done)) {
            throw new AssertionError(text + "\n" + output.traceback());
        }
        return output;
    }

    /** Runs a cell that must succeed and does not count. */
    void unnumbered(String text) {
        must(text);
        number--;
    }

    /** Runs a cell that must fail. */
    Recorder mustFail(String text) {
        Recorder output = run(text);
        output.error();
        return output;
    }

    /** Its last value as text. */
    String value(String text) {
        return must(text).value();
    }

    @Override
    public void close() {
        session.close();
    }
}
