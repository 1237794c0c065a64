/**
 * The nouns: tasks and flows as defined, their code's identity, ids of runs and calls, states. Values only, no behaviour that does I/O.
 */
@NullMarked
package io.dagshell.engine.model;

import org.jspecify.annotations.NullMarked;
