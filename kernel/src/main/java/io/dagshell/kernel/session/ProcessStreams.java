package io.dagshell.kernel.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The process's standard streams, routed by thread: what a cell's threads print goes to that cell, what others print
 * goes where it always went. Installed once per process, since {@link System#out} is one per process.
 */
final class ProcessStreams {
    private static boolean installed;

    private ProcessStreams() {}

    static synchronized void install() {
        if (installed) {
            return;
        }
        installed = true;
        System.setOut(routed(false, System.out));
        System.setErr(routed(true, System.err));
        System.setIn(new RoutedInput(System.in));
    }

    private static PrintStream routed(boolean error, PrintStream original) {
        return new RoutedStream(error, new RoutedOutput(error, original));
    }

    private static final class RoutedOutput extends OutputStream {
        private final boolean error;
        private final PrintStream original;

        RoutedOutput(boolean error, PrintStream original) {
            this.error = error;
            this.original = original;
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            Scope scope = Scope.current();
            if (scope == null) {
                original.write(bytes, offset, length);
            } else {
                scope.write(error, bytes, offset, length);
            }
        }

        @Override
        public void flush() {
            if (Scope.current() == null) {
                original.flush();
            }
        }
    }

    /** Asks the cell's front end for a line at a time. */
    private static final class RoutedInput extends InputStream {
        private final InputStream original;
        private byte[] line = new byte[0];
        private int position;

        RoutedInput(InputStream original) {
            this.original = original;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            Scope scope = Scope.current();
            if (scope == null) {
                return original.read(bytes, offset, length);
            }
            return readLine(scope, bytes, offset, length);
        }

        @Override
        public int available() throws IOException {
            return Scope.current() == null ? original.available() : remaining();
        }

        private synchronized int remaining() {
            return line.length - position;
        }

        private synchronized int readLine(Scope scope, byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (position == line.length && !nextLine(scope)) {
                return -1;
            }
            int count = Math.min(length, line.length - position);
            System.arraycopy(line, position, bytes, offset, count);
            position += count;
            return count;
        }

        private boolean nextLine(Scope scope) throws IOException {
            String typed = ask(scope);
            if (typed == null) {
                return false;
            }
            line = (typed + "\n").getBytes(StandardCharsets.UTF_8);
            position = 0;
            return true;
        }

        private static @Nullable String ask(Scope scope) throws IOException {
            try {
                return scope.run().input().line("", false);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for input", e);
            }
        }
    }
}
