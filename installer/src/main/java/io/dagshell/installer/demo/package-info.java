/** The reference job on an embedded PostgreSQL, from the notebook to its exported flow. */
@NullMarked
package io.dagshell.installer.demo;

import org.jspecify.annotations.NullMarked;
