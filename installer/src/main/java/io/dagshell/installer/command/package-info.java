/** The subcommands: options enter, sentences for people and an exit code leave. */
@NullMarked
package io.dagshell.installer.command;

import org.jspecify.annotations.NullMarked;
