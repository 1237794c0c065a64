/** Where state lives on this machine. */
@NullMarked
package io.dagshell.engine.home;

import org.jspecify.annotations.NullMarked;
