package io.dagshell.kernel.session;

import java.util.List;
import java.util.Optional;

/** What an extension may ask of the session it is part of. Thread-safe. */
public interface SessionContext {

    /** All live declarations, in the order they were last declared; one consistent snapshot. */
    List<Declaration> declarations();

    /** Whether a cell that runs has yet to come to a variable of that name: it has the value from before. */
    boolean awaits(String variable);

    /** The cell the calling thread works for, also after that cell ended; empty for a thread no cell started. */
    Optional<CellRequest> cell();

    /** Output of the cell the calling thread works for, also after that cell ended. */
    CellOutput output();

    /** Class path entries user code is compiled and run against. */
    List<String> classPath();

    /** What cells declared so far, in class path order. */
    List<Library> libraries();

    /** Lets all later code of cells see these libraries, behind those there are. Called on a cell's thread. */
    void addLibraries(List<Library> libraries);

    /** The loader of user code. */
    ClassLoader userLoader();

    /** Where a frame of a cell's code is, {@code etl.ipynb[7]:6}; empty for any other frame. */
    Optional<String> place(StackTraceElement frame);

    /** The same work, counted as the calling thread's cell: output and interrupts. */
    Runnable carry(Runnable work);

    /** Copies every complete line this thread (and threads that carry its context) prints, until closed. */
    AutoCloseable tee(LineListener listener);

    /**
     * From now until closed, code of cells runs {@code check} at each method entry and each turn of a loop, on its own
     * thread; what that throws ends the code.
     */
    AutoCloseable stopChecks(Runnable check);

    /** Receives printed lines. */
    interface LineListener {
        void line(boolean error, String text);
    }
}
