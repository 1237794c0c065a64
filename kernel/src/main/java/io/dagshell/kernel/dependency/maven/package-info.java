/**
 * Resolves libraries with Maven's own resolver, set up through MIMA as the person's Maven is. Loaded by name, when a cell
 * first declares a library; the only package that may use the resolver's classes.
 */
@NullMarked
package io.dagshell.kernel.dependency.maven;

import org.jspecify.annotations.NullMarked;
