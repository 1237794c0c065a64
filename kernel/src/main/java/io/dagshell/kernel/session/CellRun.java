package io.dagshell.kernel.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One execution of a cell: what its threads share. Thread-safe. */
final class CellRun {
    private final CellRequest cell;
    private final CellOutput output;
    private final CellInput input;
    private final Rendering rendering;
    private final CellInterrupt interrupt;
    private final Utf8Text stdout;
    private final Utf8Text stderr;
    private final List<Runnable> atEnd = new CopyOnWriteArrayList<>();
    private volatile @Nullable CellThread thread;
    private volatile @Nullable Object value;
    private volatile Steps ahead = Steps.NONE;

    CellRun(CellRequest cell, CellOutput output, CellInput input, CellInterrupt interrupt, Rendering rendering) {
        this.cell = cell;
        this.output = output;
        this.input = input;
        this.interrupt = interrupt;
        this.rendering = rendering;
        this.stdout = new Utf8Text(output::stdout);
        this.stderr = new Utf8Text(output::stderr);
    }

    CellRequest cell() {
        return cell;
    }

    CellOutput output() {
        return output;
    }

    CellInput input() {
        return input;
    }

    Rendering rendering() {
        return rendering;
    }

    Utf8Text stream(boolean error) {
        return error ? stderr : stdout;
    }

    /** The thread its code runs on; null while none of it runs. */
    @Nullable
    CellThread thread() {
        return thread;
    }

    void worksOn(@Nullable CellThread started) {
        thread = started;
    }

    /** What of the cell's Java is yet to run. */
    void awaits(Steps steps) {
        ahead = steps;
    }

    /** Whether a variable of that name is yet to get its value from this cell. */
    boolean awaits(String variable) {
        return ahead.isAhead(variable);
    }

    /** An expression that was run as a statement tells its value. */
    void giveValue(@Nullable Object given) {
        value = given;
    }

    /** What was told since this was last asked. */
    @Nullable
    Object takeValue() {
        Object given = value;
        value = null;
        return given;
    }

    /** Does something once the cell is over, however it ends. */
    void atEnd(Runnable work) {
        atEnd.add(work);
    }

    void ends() {
        atEnd.forEach(Runnable::run);
    }

    CellInterrupt interrupt() {
        return interrupt;
    }

    boolean isInterrupted() {
        return interrupt.isAsked();
    }
}
