/**
 * The part of {@code flow.jar} that runs before any library is there: it finds them by {@code deps.lock}, builds the two
 * loaders and hands over to the runner. Uses the JDK only, and of DagShell only the classes copied beside it.
 */
@NullMarked
package io.dagshell.bootstrap;

import org.jspecify.annotations.NullMarked;
