/**
 * Questions that a flow asks a person before it goes on. A question with the fields of its answer enters; that it was
 * approved, with values, or rejected, by whom and why, leaves.
 */
@NullMarked
package io.dagshell.engine.approval;

import org.jspecify.annotations.NullMarked;
