package io.dagshell.kernel.session;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A standard stream whose text reaches the cell as text. {@link PrintStream} turns each line into bytes by five objects
 * that lock one another, and the cell would turn them back: three times the work of printing it. Thread-safe: a line is
 * handed on at once.
 */
final class RoutedStream extends PrintStream {
    private final boolean error;

    /** @param routed where the bytes go, and the text that no cell printed */
    RoutedStream(boolean error, OutputStream routed) {
        super(routed, false, StandardCharsets.UTF_8);
        this.error = error;
    }

    @Override
    public void print(@Nullable String text) {
        String printed = String.valueOf(text);
        Scope scope = Scope.current();
        if (scope == null || isCut(printed)) {
            super.print(printed);
        } else {
            scope.write(error, printed);
        }
    }

    /** A half of a character, which the encoder keeps until the other half comes. */
    private static boolean isCut(String text) {
        return !text.isEmpty()
                && (Character.isLowSurrogate(text.charAt(0))
                        || Character.isHighSurrogate(text.charAt(text.length() - 1)));
    }

    @Override
    public void print(@Nullable Object value) {
        print(String.valueOf(value));
    }

    @Override
    public void print(boolean value) {
        print(String.valueOf(value));
    }

    @Override
    public void print(char value) {
        print(String.valueOf(value));
    }

    @Override
    public void print(int value) {
        print(String.valueOf(value));
    }

    @Override
    public void print(long value) {
        print(String.valueOf(value));
    }

    @Override
    public void print(float value) {
        print(String.valueOf(value));
    }

    @Override
    public void print(double value) {
        print(String.valueOf(value));
    }

    @Override
    public void print(char[] value) {
        print(String.valueOf(value));
    }

    @Override
    public void println() {
        print(System.lineSeparator());
    }

    @Override
    public void println(@Nullable String text) {
        print(text + System.lineSeparator());
    }

    @Override
    public void println(@Nullable Object value) {
        println(String.valueOf(value));
    }

    @Override
    public void println(boolean value) {
        println(String.valueOf(value));
    }

    @Override
    public void println(char value) {
        println(String.valueOf(value));
    }

    @Override
    public void println(int value) {
        println(String.valueOf(value));
    }

    @Override
    public void println(long value) {
        println(String.valueOf(value));
    }

    @Override
    public void println(float value) {
        println(String.valueOf(value));
    }

    @Override
    public void println(double value) {
        println(String.valueOf(value));
    }

    @Override
    public void println(char[] value) {
        println(String.valueOf(value));
    }
}
