/**
 * Magics that reach outside the session: commands of the shell and files. They are extensions of a session like any
 * other; what they print goes to the cell, what they refuse says what to write instead.
 */
@NullMarked
package io.dagshell.kernel.magic;

import org.jspecify.annotations.NullMarked;
