/**
 * The key of a call and the store of results by key. A call enters ({@link io.dagshell.engine.cache.ResultCache}); a
 * result found, the right to compute it, or a reason why nothing is kept leaves. Everything a result depends on is a part
 * of the key, and the parts stay with the result, to say in the user's words why another call missed. What is on disk is
 * believed only after its digest was checked.
 */
@NullMarked
package io.dagshell.engine.cache;

import org.jspecify.annotations.NullMarked;
