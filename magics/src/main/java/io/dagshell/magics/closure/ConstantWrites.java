package io.dagshell.magics.closure;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import io.dagshell.magics.closure.Attribution.Entry;
import io.dagshell.magics.source.CellPlace;
import io.dagshell.magics.source.Member;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/** Refuses code of a cell that gives a constant another value, which JShell would let it do. */
final class ConstantWrites extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private static final Set<Tree.Kind> STEPS = Set.of(
            Tree.Kind.PREFIX_INCREMENT,
            Tree.Kind.PREFIX_DECREMENT,
            Tree.Kind.POSTFIX_INCREMENT,
            Tree.Kind.POSTFIX_DECREMENT);

    private final Attribution attribution;
    private final Entry from;

    private ConstantWrites(Attribution attribution, Entry from) {
        this.attribution = attribution;
        this.from = from;
    }

    static void refuse(Attribution attribution, List<Declared> cell) {
        attribution.ofCell(cell).forEach(entry -> new ConstantWrites(attribution, entry).scan(entry.path(), null));
    }

    /** Whether a cell's text looks as if it might: most cells need no compiler to see that they do not. */
    static boolean isLikely(String cell, LiveCells cells) {
        String names = cells.declarations().stream()
                .map(Declared::member)
                .filter(member -> member.kind() == Member.Kind.FIELD && member.isConstant())
                .flatMap(member -> member.names().stream())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        String write = "\\b(" + names + ")\\s*([-+*/%&|^]|<<|>>>?)?=(?!=)|\\b(" + names
                + ")\\s*(\\+\\+|--)|(\\+\\+|--)\\s*(" + names + ")\\b";
        return !names.isEmpty() && Pattern.compile(write).matcher(cell).find();
    }

    @Override
    public @Nullable Void visitAssignment(AssignmentTree tree, @Nullable Void none) {
        check(tree.getVariable());
        return super.visitAssignment(tree, none);
    }

    @Override
    public @Nullable Void visitCompoundAssignment(CompoundAssignmentTree tree, @Nullable Void none) {
        check(tree.getVariable());
        return super.visitCompoundAssignment(tree, none);
    }

    @Override
    public @Nullable Void visitUnary(UnaryTree tree, @Nullable Void none) {
        if (STEPS.contains(tree.getKind())) {
            check(tree.getExpression());
        }
        return super.visitUnary(tree, none);
    }

    private void check(ExpressionTree variable) {
        Element element = attribution.trees.getElement(new TreePath(getCurrentPath(), variable));
        attribution
                .declaring(element)
                .filter(target -> target.declared().member().kind() == Member.Kind.FIELD
                        && target.declared().member().isConstant())
                .ifPresent(target -> {
                    int offset = from.inCell(attribution.positions.getStartPosition(attribution.unit, variable));
                    throw CellPlace.of(from.declared().cellText(), offset)
                            .problem(target.name() + " is a constant and keeps its value, which keys of tasks rely on:"
                                    + " declare it anew, or leave 'static final' out");
                });
    }
}
