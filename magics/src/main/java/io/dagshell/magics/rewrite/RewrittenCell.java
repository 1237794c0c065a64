package io.dagshell.magics.rewrite;

import io.dagshell.kernel.session.TransformedCell;
import io.dagshell.magics.header.CellHeader;
import io.dagshell.magics.source.Member;
import java.util.List;
import java.util.Optional;

/**
 * A cell with a header, as Java.
 *
 * @param header understood
 * @param method of a task or flow; empty for {@code %%params}
 * @param plain the cell with its header blanked, otherwise as typed: offsets are those of the cell
 * @param members of {@code plain}
 * @param transformed what JShell and the slice compile
 */
public record RewrittenCell(
        CellHeader header,
        Optional<TaskMethod> method,
        String plain,
        List<Member> members,
        TransformedCell transformed) {
    public RewrittenCell {
        members = List.copyOf(members);
    }
}
