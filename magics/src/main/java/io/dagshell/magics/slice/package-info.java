/**
 * The part of a notebook that a flow needs, compiled without JShell. The cells of a notebook enter; a manifest and class
 * files leave, whose stack traces name cell and line.
 */
@NullMarked
package io.dagshell.magics.slice;

import org.jspecify.annotations.NullMarked;
