package io.dagshell.magics.source;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Splits the Java text of a cell into its top-level declarations and statements. */
public final class Members {
    private static final String OPEN = "class $ { ";
    private static final String OPEN_METHOD = "class $ { void $() { ";

    private Members() {}

    /** The pieces of {@code java} in order; together they hold everything but blanks and comments between them. */
    public static List<Member> of(String java) {
        List<Member> members = new ArrayList<>();
        List<Integer> ends = Pieces.ends(java);
        int next = 0;
        int start = Pieces.skipBlanks(java, 0);
        while (start < java.length()) {
            while (ends.get(next) <= start) {
                next++;
            }
            int taken = next;
            Optional<Member> member = Optional.empty();
            while (member.isEmpty() && taken < ends.size()) {
                member = parse(java, start, ends.get(taken)).filter(each -> !goesOn(java, each));
                taken++;
            }
            if (member.isEmpty() && next == ends.size() - 1) {
                member = withoutSemicolon(java, start);
            }
            // Nothing fits: the shortest piece is broken, what follows may be whole.
            members.add(member.orElse(Member.plain(Member.Kind.BROKEN, List.of(), start, ends.get(next))));
            start = Pieces.skipBlanks(java, members.get(members.size() - 1).end());
        }
        return members;
    }

    /** The last piece of a cell may leave its semicolon out. */
    private static Optional<Member> withoutSemicolon(String java, int start) {
        int end = java.length();
        while (Character.isWhitespace(java.charAt(end - 1))) {
            end--;
        }
        String closed = java.substring(0, end) + ";";
        int last = end;
        return parse(closed, start, closed.length()).map(member -> member.endingAt(last));
    }

    private static boolean goesOn(String java, Member member) {
        String behind = java.substring(Pieces.skipBlanks(java, member.end()));
        return member.kind() == Member.Kind.STATEMENT && behind.matches("(?s)(else|catch|finally)\\b.*");
    }

    private static Optional<Member> parse(String java, int start, int end) {
        String piece = java.substring(start, end);
        if (piece.equals(";")) {
            return Optional.of(Member.plain(Member.Kind.STATEMENT, List.of(), start, end));
        }
        if (piece.matches("(?s)import\\b.*;")) {
            String name = piece.substring("import".length(), piece.length() - 1)
                    .strip()
                    .replaceAll("\\s+", " ");
            return Optional.of(Member.plain(Member.Kind.IMPORT, List.of(name), start, end));
        }
        Optional<Member> declared = asMember(piece, start, end);
        return declared.isPresent() ? declared : asStatement(piece, start, end);
    }

    private static Optional<Member> asMember(String piece, int start, int end) {
        ParsedClass parsed = ParsedClass.of(OPEN + piece + "\n}");
        if (parsed.failed() || parsed.members().isEmpty()) {
            return Optional.empty();
        }
        Tree first = parsed.members().get(0);
        if (first instanceof MethodTree method) {
            return parsed.members().size() == 1
                    ? Optional.of(method(parsed, method, piece, start, end))
                    : Optional.empty();
        }
        if (first instanceof ClassTree type && parsed.members().size() == 1) {
            return Optional.of(declared(
                    Member.Kind.TYPE, List.of(type.getSimpleName().toString()), parsed, type.getModifiers(), new int[] {
                        start, end
                    }));
        }
        if (parsed.members().stream().allMatch(VariableTree.class::isInstance)) {
            List<String> names = parsed.members().stream()
                    .map(each -> ((VariableTree) each).getName().toString())
                    .toList();
            ModifiersTree modifiers = ((VariableTree) first).getModifiers();
            return Optional.of(declared(Member.Kind.FIELD, names, parsed, modifiers, new int[] {start, end}));
        }
        return Optional.of(Member.plain(Member.Kind.STATEMENT, List.of(), start, end));
    }

    private static Member method(ParsedClass parsed, MethodTree method, String piece, int start, int end) {
        int bodyStart =
                method.getBody() == null ? piece.length() : (int) parsed.start(method.getBody()) - OPEN.length();
        Member.Method face = new Member.Method(
                piece.substring(0, bodyStart).strip(),
                method.getParameters().stream()
                        .map(each -> String.valueOf(each.getType()))
                        .collect(Collectors.joining(",")),
                method.getParameters().stream()
                        .map(each -> each.getName().toString())
                        .toList(),
                String.valueOf(method.getReturnType()).equals("void"));
        List<String> names = List.of(method.getName().toString());
        Member plain = declared(Member.Kind.METHOD, names, parsed, method.getModifiers(), new int[] {start, end});
        return new Member(
                plain.kind(),
                names,
                start,
                end,
                plain.modifiersEnd(),
                plain.isStatic(),
                plain.isFinal(),
                Optional.of(face));
    }

    private static Member declared(
            Member.Kind kind, List<String> names, ParsedClass parsed, ModifiersTree modifiers, int[] span) {
        long modifiersEnd = parsed.end(modifiers);
        return new Member(
                kind,
                names,
                span[0],
                span[1],
                modifiersEnd < 0 ? span[0] : span[0] + (int) modifiersEnd - OPEN.length(),
                modifiers.getFlags().contains(Modifier.STATIC),
                modifiers.getFlags().contains(Modifier.FINAL),
                Optional.empty());
    }

    /** The first syntax error of a broken piece: its offset in the cell's Java text and javac's words. */
    public static Map.Entry<Integer, String> syntaxError(String java, Member broken) {
        String piece = java.substring(broken.start(), broken.end());
        ParsedClass parsed = ParsedClass.of(OPEN + piece + "\n}");
        int offset = Math.max(0, Math.min(piece.length(), (int) parsed.errorOffset() - OPEN.length()));
        return Map.entry(broken.start() + offset, parsed.error());
    }

    private static Optional<Member> asStatement(String piece, int start, int end) {
        ParsedClass parsed = ParsedClass.of(OPEN_METHOD + piece + "\n}}");
        if (parsed.failed()) {
            return Optional.empty();
        }
        MethodTree method = (MethodTree) parsed.members().get(0);
        List<String> names = new ArrayList<>();
        for (Tree each : method.getBody().getStatements()) {
            if (each instanceof VariableTree variable) {
                names.add(variable.getName().toString());
            }
        }
        Member.Kind kind = names.isEmpty() ? Member.Kind.STATEMENT : Member.Kind.FIELD;
        return Optional.of(Member.plain(kind, names, start, end));
    }
}
