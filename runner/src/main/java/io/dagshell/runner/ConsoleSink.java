package io.dagshell.runner;

import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.event.RunSink;
import io.dagshell.engine.event.TextLines;
import java.io.PrintStream;

/** Tells a run on a stream, line by line as it goes. */
final class ConsoleSink implements RunSink {
    private final PrintStream out;
    private final TextLines lines = new TextLines();

    ConsoleSink(PrintStream out) {
        this.out = out;
    }

    @Override
    public void accept(RunEvent event) {
        lines.accept(event).forEach(out::println);
    }

    @Override
    public void flush() {
        out.flush();
    }
}
