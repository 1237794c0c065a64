/**
 * The key of a call and the store of results by key.
 */
@NullMarked
package io.dagshell.engine.cache;

import org.jspecify.annotations.NullMarked;
