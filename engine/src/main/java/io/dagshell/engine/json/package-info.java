/** JSON as trees, without what Jackson needs to bind classes. */
@NullMarked
package io.dagshell.engine.json;

import org.jspecify.annotations.NullMarked;
