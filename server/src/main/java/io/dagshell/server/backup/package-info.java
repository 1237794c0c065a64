/**
 * A home in one file and back: {@link io.dagshell.server.backup.HomeBackup} writes what a server cannot do without,
 * {@link io.dagshell.server.backup.HomeRestore} makes a home of it again, on either database. The key that opens the
 * blocks travels in a file of its own.
 */
@NullMarked
package io.dagshell.server.backup;

import org.jspecify.annotations.NullMarked;
