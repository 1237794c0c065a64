package io.dagshell.runner;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Passes on what is written until it is much, then says so and drops the rest: a file that nobody empties must not fill
 * the disk. Guarded by itself.
 */
final class LimitedOutput extends OutputStream {
    private final OutputStream target;
    private long left;
    private boolean told;

    /** @param most bytes that are passed on */
    LimitedOutput(OutputStream target, long most) {
        this.target = target;
        this.left = most;
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        int some = (int) Math.min(left, length);
        target.write(bytes, offset, some);
        left -= some;
        if (some < length && !told) {
            told = true;
            target.write("\nWhat is printed outside of tasks is left out from here: it is too much.\n"
                    .getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        target.flush();
    }
}
