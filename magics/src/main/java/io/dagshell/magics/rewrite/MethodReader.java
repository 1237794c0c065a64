package io.dagshell.magics.rewrite;

import com.sun.source.tree.AnnotatedTypeTree;
import com.sun.source.tree.ArrayTypeTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import io.dagshell.magics.source.CellPlace;
import io.dagshell.magics.source.Member;
import io.dagshell.magics.source.ParsedClass;
import io.dagshell.magics.source.Parses;
import io.dagshell.magics.source.Pieces;
import java.util.ArrayList;
import java.util.List;

/** Reads a {@link TaskMethod} from the tree of one method, which {@link MethodShape} has found acceptable. */
final class MethodReader {
    private static final String OPEN = "class $ { ";

    private final String cell;
    private final Member member;
    private final ParsedClass parsed;
    private final MethodTree tree;

    MethodReader(String cell, Member member, Parses parses) {
        this.cell = cell;
        this.member = member;
        this.parsed = parses.of(OPEN + cell.substring(member.start(), member.end()) + "\n}");
        this.tree = (MethodTree) parsed.members().get(0);
    }

    TaskMethod read() {
        MethodShape.check(this, tree);
        int nameStart = nameStart();
        return new TaskMethod(
                tree.getName().toString(),
                typeText(tree.getReturnType()),
                tree.getParameters().stream()
                        .map(each -> new TaskMethod.Input(
                                typeText(each.getType()), each.getName().toString()))
                        .toList(),
                tree.getThrows().stream().map(this::typeText).toList(),
                member.start(),
                nameStart,
                member.end(),
                CellPlace.of(cell, nameStart).line());
    }

    /** Where a tree begins in the cell. */
    int offset(Tree part) {
        return (int) parsed.start(part) - OPEN.length() + member.start();
    }

    int start() {
        return member.start();
    }

    String cell() {
        return cell;
    }

    /** Whether a parameter takes any number of arguments; the tree shows an array. */
    boolean isVarargs(VariableTree parameter) {
        if (!(withoutAnnotations(parameter.getType()) instanceof ArrayTypeTree)) {
            return false;
        }
        int from = end(element(parameter.getType()));
        return OneLine.of(cell.substring(from, end(parameter))).contains("...");
    }

    /** The name stands behind the element type: {@code int f(int x)[]} has brackets of its type behind it. */
    private int nameStart() {
        int at = end(element(tree.getReturnType()));
        String name = tree.getName().toString();
        while (at < member.end()) {
            at = Pieces.skipBlanks(cell, at);
            int wordEnd = wordEnd(at);
            boolean isName = cell.substring(at, wordEnd).equals(name)
                    && cell.charAt(at - 1) != '@'
                    && cell.charAt(Pieces.skipBlanks(cell, wordEnd)) == '(';
            if (isName) {
                return at;
            }
            at = Math.max(wordEnd, at + 1);
        }
        throw new IllegalStateException("no name '" + name + "' in: " + cell);
    }

    private int wordEnd(int from) {
        int at = from;
        while (at < cell.length() && Character.isJavaIdentifierPart(cell.charAt(at))) {
            at++;
        }
        return at;
    }

    private String typeText(Tree type) {
        Tree bare = withoutAnnotations(type);
        if (bare instanceof ArrayTypeTree array) {
            return typeText(array.getType()) + "[]";
        }
        return OneLine.of(cell.substring(offset(bare), end(bare)));
    }

    private static Tree element(Tree type) {
        Tree at = withoutAnnotations(type);
        while (at instanceof ArrayTypeTree array) {
            at = withoutAnnotations(array.getType());
        }
        return at;
    }

    private static Tree withoutAnnotations(Tree type) {
        return type instanceof AnnotatedTypeTree annotated ? annotated.getUnderlyingType() : type;
    }

    private int end(Tree part) {
        return (int) parsed.end(part) - OPEN.length() + member.start();
    }

    List<String> exceptions() {
        List<String> names = new ArrayList<>();
        for (ExpressionTree each : tree.getThrows()) {
            names.add(typeText(each));
        }
        return names;
    }
}
