package io.dagshell.engine.run;

/**
 * Port: lets the engine see what a task prints, so that it becomes the task's log, while it still appears where it
 * would have. The kernel and the headless runner route output by thread; this hooks into that.
 */
public interface OutputTee {

    /** From now until closed, each complete line printed by this thread, or by threads that carry its context, also goes to {@code lines}. */
    Capture capture(Lines lines);

    /** Receives lines. */
    interface Lines {
        void line(boolean error, String text);
    }

    /** An open capture. */
    interface Capture extends AutoCloseable {
        @Override
        void close();
    }

    static OutputTee none() {
        return lines -> () -> {};
    }
}
