package io.dagshell.kernel.session;

import io.dagshell.kernel.session.SessionContext.LineListener;

/** Cuts printed bytes into complete lines for one listener. Guarded by itself. */
final class LineTee {
    /** A longer line is told in parts: what never ends a line must not fill the memory. */
    private static final int LONGEST = 64 << 10;

    private final LineListener listener;
    private final StringBuilder stdout = new StringBuilder();
    private final StringBuilder stderr = new StringBuilder();
    private final Utf8Text stdoutText = new Utf8Text(text -> append(false, text));
    private final Utf8Text stderrText = new Utf8Text(text -> append(true, text));
    private boolean closed;

    LineTee(LineListener listener) {
        this.listener = listener;
    }

    synchronized void write(boolean error, byte[] bytes, int offset, int length) {
        if (!closed) {
            (error ? stderrText : stdoutText).write(bytes, offset, length);
        }
    }

    synchronized void write(boolean error, String text) {
        if (!closed) {
            (error ? stderrText : stdoutText).write(text);
        }
    }

    /** Delivers what is left without a line end; nothing is delivered after. */
    synchronized void close() {
        closed = true;
        flush(false, stdout);
        flush(true, stderr);
    }

    private void flush(boolean error, StringBuilder rest) {
        if (rest.length() > 0) {
            listener.line(error, rest.toString());
            rest.setLength(0);
        }
    }

    private synchronized void append(boolean error, String text) {
        StringBuilder pending = error ? stderr : stdout;
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            pending.append(text, from, end);
            listener.line(error, stripReturn(pending));
            pending.setLength(0);
            from = end + 1;
        }
        if (pending.length() > LONGEST && from < text.length()) {
            listener.line(error, pending.toString());
            pending.setLength(0);
        }
        pending.append(text, from, text.length());
    }

    private static String stripReturn(StringBuilder line) {
        int length = line.length();
        return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
    }
}
