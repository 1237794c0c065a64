/**
 * Notebook files without Jupyter: {@link io.dagshell.notebooks.NotebookFile} reads and writes them, {@link
 * io.dagshell.notebooks.HeadlessRun} executes them. A path enters; an executed notebook and how it ended leave.
 */
@NullMarked
package io.dagshell.notebooks;

import org.jspecify.annotations.NullMarked;
