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

    private final String java;
    private final Parses parses;

    private Members(String java, Parses parses) {
        this.java = java;
        this.parses = parses;
    }

    /** The pieces of {@code java} in order; together they hold everything but blanks and comments between them. */
    public static List<Member> of(String java) {
        return of(java, new Parses());
    }

    /** The same, parsed by {@code parses}. */
    public static List<Member> of(String java, Parses parses) {
        parses.cells(List.of(java));
        return new Members(java, parses).read();
    }

    /** What is going to be parsed if each piece ends at its first possible end, as nearly all do. */
    static List<String> likely(String java) {
        List<String> texts = new ArrayList<>();
        int start = Pieces.skipBlanks(java, 0);
        for (int end : Pieces.ends(java)) {
            if (end > start) {
                String piece = java.substring(start, end);
                boolean plain = piece.equals(";") || isImport(piece);
                texts.addAll(plain ? List.of() : List.of(memberText(piece), statementText(piece)));
                if (end == java.length() && !plain && !piece.endsWith(";") && !piece.endsWith("}")) {
                    String closed = piece.stripTrailing() + ";";
                    texts.addAll(List.of(memberText(closed), statementText(closed)));
                }
                start = Pieces.skipBlanks(java, end);
            }
        }
        return texts;
    }

    private static String memberText(String piece) {
        return OPEN + piece + "\n}";
    }

    private static String statementText(String piece) {
        return OPEN_METHOD + piece + "\n}}";
    }

    private List<Member> read() {
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
                member = parse(java, start, ends.get(taken)).filter(each -> !goesOn(each));
                taken++;
            }
            if (member.isEmpty() && next == ends.size() - 1) {
                member = withoutSemicolon(start);
            }
            // Nothing fits: the shortest piece is broken, what follows may be whole.
            members.add(member.orElse(Member.plain(Member.Kind.BROKEN, List.of(), start, ends.get(next))));
            start = Pieces.skipBlanks(java, members.get(members.size() - 1).end());
        }
        return members;
    }

    /** The last piece of a cell may leave its semicolon out. */
    private Optional<Member> withoutSemicolon(int start) {
        int end = java.length();
        while (Character.isWhitespace(java.charAt(end - 1))) {
            end--;
        }
        String closed = java.substring(0, end) + ";";
        int last = end;
        return parse(closed, start, closed.length()).map(member -> member.endingAt(last));
    }

    private boolean goesOn(Member member) {
        String behind = java.substring(Pieces.skipBlanks(java, member.end()));
        return member.kind() == Member.Kind.STATEMENT && behind.matches("(?s)(else|catch|finally)\\b.*");
    }

    private Optional<Member> parse(String text, int start, int end) {
        String piece = text.substring(start, end);
        if (piece.equals(";")) {
            return Optional.of(Member.plain(Member.Kind.STATEMENT, List.of(), start, end));
        }
        if (isImport(piece)) {
            String name = piece.substring("import".length(), piece.length() - 1)
                    .strip()
                    .replaceAll("\\s+", " ");
            return Optional.of(Member.plain(Member.Kind.IMPORT, List.of(name), start, end));
        }
        Optional<Member> declared = asMember(piece, start, end);
        return declared.isPresent() ? declared : asStatement(piece, start, end);
    }

    private static boolean isImport(String piece) {
        return piece.matches("(?s)import\\b.*;");
    }

    private Optional<Member> asMember(String piece, int start, int end) {
        ParsedClass parsed = parses.of(memberText(piece));
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
        ParsedClass parsed = new Parses().of(memberText(piece));
        int offset = Math.max(0, Math.min(piece.length(), (int) parsed.errorOffset() - OPEN.length()));
        return Map.entry(broken.start() + offset, parsed.error());
    }

    private Optional<Member> asStatement(String piece, int start, int end) {
        ParsedClass parsed = parses.of(statementText(piece));
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
