/**
 * What classes code of cells sees. What enters are the jars a notebook declares; what leaves is a class loader that keeps
 * DagShell's own libraries out of their way.
 */
@NullMarked
package io.dagshell.engine.loading;

import org.jspecify.annotations.NullMarked;
