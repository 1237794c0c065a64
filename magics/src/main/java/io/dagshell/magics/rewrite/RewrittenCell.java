package io.dagshell.magics.rewrite;

import io.dagshell.kernel.session.TransformedCell;
import io.dagshell.magics.header.CellHeader;
import java.util.Optional;

/**
 * A cell with a header, as Java.
 *
 * @param header understood
 * @param method of a task or flow; empty for {@code %%params}
 * @param plain the cell with its header blanked, otherwise as typed: offsets are those of the cell
 * @param transformed what JShell and the slice compile
 */
public record RewrittenCell(
        CellHeader header, Optional<TaskMethod> method, String plain, TransformedCell transformed) {}
