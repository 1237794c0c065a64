/**
 * Running: a call enters with its definition and arguments, passes the cache, retries and evaluation, and leaves as an outcome.
 */
@NullMarked
package io.dagshell.engine.run;

import org.jspecify.annotations.NullMarked;
