/**
 * The {@code dagshell} command and the composition root: a command line enters, the rooms are put together for what it
 * asks, an exit code leaves. The only room besides the runner that ends the process.
 */
@NullMarked
package io.dagshell.installer;

import org.jspecify.annotations.NullMarked;
