/**
 * The machine-readable description of an exported flow, <code>flow.json</code>.
 */
@NullMarked
package io.dagshell.engine.deploy;

import org.jspecify.annotations.NullMarked;
