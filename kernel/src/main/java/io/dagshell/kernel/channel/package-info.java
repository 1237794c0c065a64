/** Sockets: frames enter and leave on one thread, which never waits for anything else. */
@NullMarked
package io.dagshell.kernel.channel;

import org.jspecify.annotations.NullMarked;
