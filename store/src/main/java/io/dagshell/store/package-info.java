/** The store room. */
@NullMarked
package io.dagshell.store;

import org.jspecify.annotations.NullMarked;
