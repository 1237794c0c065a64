package io.dagshell.magics.closure;

import io.dagshell.kernel.session.Declaration;
import io.dagshell.magics.header.CellKind;
import io.dagshell.magics.rewrite.RewrittenCell;
import io.dagshell.magics.source.Member;
import io.dagshell.magics.source.Members;
import io.dagshell.magics.source.Parses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A live declaration as its author wrote it.
 *
 * @param member where it stands in its cell
 * @param cellText the cell with its header blanked, otherwise as typed
 * @param cell index among code cells, from 1
 * @param changed the cell since which its text is what it is; later cells only repeated it
 * @param headed the task or flow cell it is the method of
 */
public record Declared(Member member, String cellText, int cell, int changed, Optional<RewrittenCell> headed) {

    /** The declarations of a cell, statements left out. */
    public static List<Declared> of(String typed, int cell, Optional<RewrittenCell> rewritten) {
        return of(typed, cell, rewritten, new Parses());
    }

    /** The same, parsed by {@code parses}. */
    public static List<Declared> of(String typed, int cell, Optional<RewrittenCell> rewritten, Parses parses) {
        return rewritten
                .map(each -> of(each.plain(), each.members(), cell, rewritten))
                .orElseGet(() -> of(typed, Members.of(typed, parses), cell, rewritten));
    }

    /** The declarations among {@code members} of {@code plain}, a cell's text with its header blanked. */
    public static List<Declared> of(String plain, List<Member> members, int cell, Optional<RewrittenCell> rewritten) {
        Optional<RewrittenCell> headed = rewritten.filter(each -> each.header().kind() != CellKind.PARAMS);
        List<Declared> found = new ArrayList<>();
        for (Member member : members) {
            if (member.kind() != Member.Kind.STATEMENT && member.kind() != Member.Kind.BROKEN) {
                found.add(new Declared(member, plain, cell, cell, headed));
            }
        }
        return found;
    }

    /** All pieces of a cell that run, statements and variables, each as if declared. */
    public static List<Declared> statements(String typed, int cell, Parses parses) {
        List<Declared> found = new ArrayList<>();
        for (Member member : Members.of(typed, parses)) {
            boolean variable = member.kind() == Member.Kind.FIELD && member.modifiersEnd() <= member.start();
            if (member.kind() == Member.Kind.STATEMENT || variable) {
                found.add(new Declared(member, typed, cell, cell, Optional.empty()));
            }
        }
        return found;
    }

    /** Whether a variable that is a constant. */
    public boolean isConstant() {
        return member.kind() == Member.Kind.FIELD && member.isConstant();
    }

    /** Replaces an earlier declaration of the same identity. */
    Declared after(Declared before) {
        return text().equals(before.text()) ? new Declared(member, cellText, cell, before.changed, headed) : this;
    }

    /** Whether a variable takes a name over from an earlier declaration of several. */
    boolean takesNameFrom(Declared other) {
        return member.kind() == Member.Kind.FIELD
                && other.member.kind() == Member.Kind.FIELD
                && !identity().equals(other.identity())
                && member.names().stream().anyMatch(other.member::declares);
    }

    /** What the session calls it. */
    public Declaration.Kind sessionKind() {
        return switch (member.kind()) {
            case IMPORT -> Declaration.Kind.IMPORT;
            case METHOD -> Declaration.Kind.METHOD;
            case TYPE -> Declaration.Kind.TYPE;
            case FIELD, STATEMENT, BROKEN -> Declaration.Kind.VARIABLE;
        };
    }

    /** Whether a task whose header asks for the cache. */
    boolean isCached() {
        return headed.filter(cell ->
                        cell.header().policyOf(member.name(), false).cache().isPresent())
                .isPresent();
    }

    /** Whether its author wrote the same. */
    public boolean sameText(Declared other) {
        return text().equals(other.text());
    }

    String text() {
        return cellText.substring(member.start(), member.end());
    }

    /**
     * What a later declaration of the same kind, name and parameter types replaces. An import of one name replaces that
     * of another thing of this name, as in the session.
     */
    String identity() {
        if (member.kind() == Member.Kind.IMPORT) {
            String name = member.name();
            return name.endsWith("*")
                    ? "import " + name
                    : (name.startsWith("static ") ? "import static " : "import ")
                            + name.substring(1 + name.lastIndexOf('.'));
        }
        String space = member.kind() == Member.Kind.TYPE ? "type " : "member ";
        return space
                + member.name()
                + member.method().map(face -> "(" + face.types() + ")").orElse("");
    }
}
