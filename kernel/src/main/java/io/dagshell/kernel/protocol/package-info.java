/** Jupyter's messages: frames enter and leave as bytes, signed; inside they are records. No sockets here. */
@NullMarked
package io.dagshell.kernel.protocol;

import org.jspecify.annotations.NullMarked;
