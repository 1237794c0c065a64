package io.dagshell.kernel.session;

import java.util.List;

/**
 * Why a cell failed, as the person sees it: no engine frame, no wrapper.
 *
 * @param name class of the user's exception ({@code java.io.FileNotFoundException}), or {@code CompileError}
 * @param message its message
 * @param traceback lines for display; ANSI colours allowed
 * @param line line in the cell of the first user frame or of the problem, from 1, or 0 if none
 * @param column from 1, or 0 if unknown
 */
public record CellError(String name, String message, List<String> traceback, int line, int column) {
    public CellError {
        traceback = List.copyOf(traceback);
    }
}
