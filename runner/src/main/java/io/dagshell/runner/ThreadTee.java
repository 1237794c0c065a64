package io.dagshell.runner;

import io.dagshell.engine.run.OutputTee;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Standard output and error as UTF-8, of which each task sees its own lines: those printed by the thread that runs it and
 * by threads it starts. Thread-safe: the capture of a thread is its own, its lines are guarded by the capture.
 */
final class ThreadTee implements OutputTee {
    /** A longer line is told in parts, each a line of the log: what never ends a line must not fill the memory. */
    private static final int LONGEST_LINE = 64 << 10;

    /** Whether what tasks print goes to the target too. */
    private final boolean through;

    private final InheritableThreadLocal<@Nullable Open> captures = new InheritableThreadLocal<>();

    ThreadTee(boolean through) {
        this.through = through;
    }

    /** A stream that prints to {@code target} and hands complete lines to the capture of the printing thread. */
    PrintStream stream(OutputStream target, boolean error) {
        return new PrintStream(new Fork(target, error), true, StandardCharsets.UTF_8);
    }

    @Override
    public Capture capture(Lines lines) {
        Open open = new Open(lines, captures.get());
        captures.set(open);
        return open;
    }

    /** An open capture; lines of an inner one are not the outer one's too. */
    private final class Open implements Capture {
        private final Lines lines;
        private final @Nullable Open outer;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private boolean closed;

        Open(Lines lines, @Nullable Open outer) {
            this.lines = lines;
            this.outer = outer;
        }

        synchronized void write(boolean error, byte[] bytes, int offset, int length) {
            if (closed) {
                return;
            }
            ByteArrayOutputStream line = error ? err : out;
            for (int i = offset; i < offset + length; i++) {
                if (bytes[i] == '\n') {
                    complete(error, line);
                    continue;
                }
                if (line.size() >= LONGEST_LINE && beginsCharacter(bytes[i])) {
                    complete(error, line);
                }
                if (bytes[i] != '\r') {
                    line.write(bytes[i]);
                }
            }
        }

        /** In UTF-8 all bytes of a character but the first are 10xxxxxx. */
        private boolean beginsCharacter(byte of) {
            return (of & 0xC0) != 0x80;
        }

        private void complete(boolean error, ByteArrayOutputStream line) {
            lines.line(error, line.toString(StandardCharsets.UTF_8));
            line.reset();
        }

        @Override
        public synchronized void close() {
            if (closed) {
                return;
            }
            if (out.size() > 0) {
                complete(false, out);
            }
            if (err.size() > 0) {
                complete(true, err);
            }
            closed = true;
            if (captures.get() == this) {
                captures.set(outer);
            }
        }
    }

    /** Writes to the target and to the printing thread's capture. */
    private final class Fork extends OutputStream {
        private final OutputStream target;
        private final boolean error;

        Fork(OutputStream target, boolean error) {
            this.target = target;
            this.error = error;
        }

        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            Open open = captures.get();
            if (open == null || through) {
                target.write(bytes, offset, length);
            }
            if (open != null) {
                open.write(error, bytes, offset, length);
            }
        }

        @Override
        public void flush() throws IOException {
            target.flush();
        }
    }
}
