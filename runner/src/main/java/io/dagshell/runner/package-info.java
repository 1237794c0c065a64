/**
 * Main of a deployed flow. A {@code flow.jar}, the {@code deployment.yaml} beside it and arguments enter; events in the
 * run store, lines on the terminal and an exit code leave. Nothing of Jupyter is here.
 */
@NullMarked
package io.dagshell.runner;

import org.jspecify.annotations.NullMarked;
