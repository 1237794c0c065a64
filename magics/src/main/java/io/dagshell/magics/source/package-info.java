/**
 * What a notebook declares. Cells enter as typed, or as a session's live declarations; a
 * {@link io.dagshell.magics.source.SourceModel} leaves: every declaration that counts, with its text and place.
 */
@NullMarked
package io.dagshell.magics.source;

import org.jspecify.annotations.NullMarked;
