package io.dagshell.magics.rewrite;

import io.dagshell.kernel.session.CellProblem;
import io.dagshell.kernel.session.TransformedCell;
import io.dagshell.kernel.session.TransformedCell.Span;
import io.dagshell.magics.header.CellHeader;
import io.dagshell.magics.header.CellKind;
import io.dagshell.magics.source.CellPlace;
import io.dagshell.magics.source.Member;
import io.dagshell.magics.source.Members;
import io.dagshell.magics.source.Parses;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a cell with a header into Java, each line where it was. */
public final class CellRewrite {
    private final CellHeader header;
    private final String blanked;

    private CellRewrite(CellHeader header, String cell) {
        this.header = header;
        this.blanked = blankHeader(cell, header);
    }

    /**
     * The cell as Java; empty if it has no header of ours.
     *
     * @throws CellProblem header or method are not understood, or the cell holds something else
     */
    public static Optional<RewrittenCell> of(String cell) {
        return of(cell, new Parses());
    }

    /** The same, parsed by {@code parses}. */
    public static Optional<RewrittenCell> of(String cell, Parses parses) {
        return CellHeader.of(cell).map(header -> new CellRewrite(header, cell).rewrite(parses));
    }

    /** The cell with its header blanked, finished or not; empty if it has no header of ours. */
    public static Optional<TransformedCell> forAssist(String cell) {
        return CellHeader.ofUnfinished(cell)
                .map(header -> new TransformedCell(
                        blankHeader(cell, header),
                        List.of(new Span(header.end(), header.end(), cell.length() - header.end()))));
    }

    private static String blankHeader(String cell, CellHeader header) {
        StringBuilder blanked = new StringBuilder(cell);
        for (int i = 0; i < header.end(); i++) {
            if (cell.charAt(i) != '\n') {
                blanked.setCharAt(i, ' ');
            }
        }
        return blanked.toString();
    }

    private RewrittenCell rewrite(Parses parses) {
        List<Member> members = Members.of(blanked, parses);
        if (header.kind() == CellKind.PARAMS) {
            members.forEach(this::checkParameter);
            return new RewrittenCell(header, Optional.empty(), blanked, members, unchangedBody());
        }
        TaskMethod method = new MethodReader(blanked, only(members), parses).read();
        return new RewrittenCell(header, Optional.of(method), blanked, members, wrapped(method));
    }

    private Member only(List<Member> members) {
        String magic = header.kind().magic();
        Optional<Member> method = members.stream()
                .filter(each -> each.kind() == Member.Kind.METHOD)
                .findFirst();
        for (Member member : members) {
            if (member.kind() == Member.Kind.BROKEN) {
                throw broken(member);
            }
            if (member.kind() != Member.Kind.METHOD) {
                throw problem(
                        member.start(),
                        "a " + magic + " cell holds one method only: move " + words(member)
                                + " to a cell of its own, without a header");
            }
            if (!member.equals(method.orElseThrow())) {
                throw problem(
                        member.start(),
                        "a " + magic + " cell declares one method, this is the second: give '" + member.name()
                                + "' a cell of its own");
            }
        }
        return method.orElseThrow(() ->
                new CellProblem(header.line(), 1, "a " + magic + " cell declares one method, this one declares none"));
    }

    private static String words(Member member) {
        return switch (member.kind()) {
            case IMPORT -> "the import";
            case TYPE -> "'" + member.name() + "'";
            case FIELD -> "'" + member.name() + "'";
            case METHOD, STATEMENT, BROKEN -> "this statement";
        };
    }

    private void checkParameter(Member member) {
        if (member.kind() == Member.Kind.BROKEN) {
            throw broken(member);
        }
        boolean plain = member.kind() == Member.Kind.FIELD && !member.isConstant();
        if (!plain) {
            throw problem(
                    member.start(),
                    "a %%params cell holds lines such as 'int year = 2021; // year of the data', nothing else");
        }
        String text = blanked.substring(member.start(), member.end());
        if (text.startsWith("var") && Character.isWhitespace(text.charAt(3))) {
            throw problem(member.start(), "a parameter needs a type: write it instead of 'var'");
        }
        if (text.indexOf('=') < 0) {
            throw problem(
                    member.start(),
                    "the parameter '" + member.name() + "' needs a default: " + member.name() + " = …;");
        }
    }

    private CellProblem broken(Member member) {
        Map.Entry<Integer, String> error = Members.syntaxError(blanked, member);
        return problem(error.getKey(), error.getValue());
    }

    private CellProblem problem(int offset, String message) {
        return CellPlace.of(blanked, offset).problem(message);
    }

    private TransformedCell unchangedBody() {
        return new TransformedCell(
                blanked, List.of(new Span(header.end(), header.end(), blanked.length() - header.end())));
    }

    private TransformedCell wrapped(TaskMethod method) {
        int nameEnd = method.nameStart() + method.name().length();
        String suffix = TaskMethod.BODY_SUFFIX;
        String wrapper = " " + method.wrapper();
        int body = nameEnd + suffix.length();
        int tail = method.end() + suffix.length() + wrapper.length();
        String java = blanked.substring(0, nameEnd)
                + suffix
                + blanked.substring(nameEnd, method.end())
                + wrapper
                + blanked.substring(method.end());
        return new TransformedCell(
                java,
                List.of(
                        new Span(header.end(), header.end(), nameEnd - header.end()),
                        new Span(body, nameEnd, method.end() - nameEnd),
                        new Span(tail, method.end(), blanked.length() - method.end())));
    }
}
