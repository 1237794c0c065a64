/**
 * What code a task is: live declarations enter {@link io.dagshell.magics.closure.Attribution}, every task leaves with its
 * closure, resolved by the compiler and digested by tree, and every flow with the graph it would run.
 */
@NullMarked
package io.dagshell.magics.closure;

import org.jspecify.annotations.NullMarked;
