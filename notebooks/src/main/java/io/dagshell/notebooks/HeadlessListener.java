package io.dagshell.notebooks;

import io.dagshell.kernel.session.CellOutput;
import io.dagshell.kernel.session.CellResult;

/** Follows a headless run as it goes, for a terminal. Called on the running thread; output may come from any thread. */
public interface HeadlessListener {

    /**
     * A cell is about to run.
     *
     * @param total number of code cells
     * @return where else its output goes
     */
    CellOutput started(CodeCell cell, int total);

    /** It ended. */
    void finished(CodeCell cell, CellResult result);
}
