package io.dagshell.kernel.session;

/**
 * A cell to run.
 *
 * @param source what error positions call it: {@code etl.ipynb[7]}, or {@code [7]} when the notebook's name is unknown
 * @param number execution count in a notebook, index among code cells in a headless run; from 1
 * @param text as typed
 */
public record CellRequest(String source, int number, String text) {}
