package io.dagshell.magics.closure;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LabeledStatementTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.PrimitiveTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeParameterTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * A declaration's syntax tree as bytes: kinds, names, modifiers and literals by value, every slot of every node marked,
 * absent ones too, so that two trees give equal bytes only if they are equal. Layout, comments and the spelling of
 * numbers leave no trace, nor do parentheses, which the tree makes needless. Taken from the parsed tree: attribution adds constructors and replaces {@code var}.
 *
 * <p>{@code Tree.toString()} would not do: a record prints as the class it resembles.
 */
final class TreeCode extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private Tree.@Nullable Kind parent;
    private boolean implicitlyFinal;

    private TreeCode() {}

    static byte[] of(Tree declaration) {
        TreeCode code = new TreeCode();
        code.scan(declaration, null);
        return code.bytes.toByteArray();
    }

    @Override
    public @Nullable Void scan(@Nullable Tree tree, @Nullable Void none) {
        if (tree == null) {
            if (parent != Tree.Kind.CASE) {
                mark('0');
            }
            return null;
        }
        if (isTransparent(tree)) {
            tree.accept(this, none);
            return null;
        }
        Tree.Kind outer = parent;
        parent = tree.getKind();
        if (parent != Tree.Kind.MODIFIERS) {
            implicitlyFinal = parent == Tree.Kind.VARIABLE && outer == Tree.Kind.TRY;
        }
        mark('(');
        text(tree.getKind().name());
        tree.accept(this, none);
        mark(')');
        parent = outer;
        return null;
    }

    /** Parentheses say what the tree says already; JDKs since 21 wrap the constants of a case, earlier ones do not. */
    private static boolean isTransparent(Tree tree) {
        String kind = tree.getKind().name();
        return kind.equals("PARENTHESIZED") || kind.equals("CONSTANT_CASE_LABEL");
    }

    @Override
    public @Nullable Void scan(@Nullable Iterable<? extends Tree> trees, @Nullable Void none) {
        if (trees == null) {
            mark('0');
            return null;
        }
        mark('[');
        if (!isDefaultAlone(trees)) {
            trees.forEach(tree -> scan(tree, none));
        }
        mark(']');
        return null;
    }

    /** {@code default:} has no label in JDKs before 21. */
    private static boolean isDefaultAlone(Iterable<? extends Tree> trees) {
        Iterator<? extends Tree> each = trees.iterator();
        return each.hasNext() && each.next().getKind().name().equals("DEFAULT_CASE_LABEL") && !each.hasNext();
    }

    @Override
    public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void none) {
        text(tree.getName().toString());
        return null;
    }

    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void none) {
        text(tree.getIdentifier().toString());
        return super.visitMemberSelect(tree, none);
    }

    @Override
    public @Nullable Void visitMemberReference(MemberReferenceTree tree, @Nullable Void none) {
        text(tree.getMode() + " " + tree.getName());
        return super.visitMemberReference(tree, none);
    }

    @Override
    public @Nullable Void visitLiteral(LiteralTree tree, @Nullable Void none) {
        Object value = tree.getValue();
        if (value instanceof Double number) {
            text(Long.toHexString(Double.doubleToLongBits(number)));
        } else if (value instanceof Float number) {
            text(Integer.toHexString(Float.floatToIntBits(number)));
        } else {
            text(String.valueOf(value));
        }
        return null;
    }

    @Override
    public @Nullable Void visitPrimitiveType(PrimitiveTypeTree tree, @Nullable Void none) {
        text(tree.getPrimitiveTypeKind().name());
        return null;
    }

    @Override
    public @Nullable Void visitModifiers(ModifiersTree tree, @Nullable Void none) {
        for (Modifier modifier : new TreeSet<>(tree.getFlags())) {
            // Resources are final, which JDKs before 21 put into the tree.
            if (!implicitlyFinal || modifier != Modifier.FINAL) {
                text(modifier.name());
            }
        }
        return super.visitModifiers(tree, none);
    }

    @Override
    public @Nullable Void visitVariable(VariableTree tree, @Nullable Void none) {
        text(tree.getName().toString());
        return super.visitVariable(tree, none);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, @Nullable Void none) {
        text(tree.getName().toString());
        return super.visitMethod(tree, none);
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void none) {
        text(tree.getSimpleName().toString());
        scan(tree.getModifiers(), none);
        scan(tree.getTypeParameters(), none);
        scan(tree.getExtendsClause(), none);
        scan(tree.getImplementsClause(), none);
        scan(tree.getPermitsClause(), none);
        scan(tree.getMembers(), none);
        return null;
    }

    /** An initialiser of the class or of each object. */
    @Override
    public @Nullable Void visitBlock(BlockTree tree, @Nullable Void none) {
        text(String.valueOf(tree.isStatic()));
        return super.visitBlock(tree, none);
    }

    @Override
    public @Nullable Void visitTypeParameter(TypeParameterTree tree, @Nullable Void none) {
        text(tree.getName().toString());
        return super.visitTypeParameter(tree, none);
    }

    @Override
    public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, @Nullable Void none) {
        text(tree.getBodyKind().name());
        return super.visitLambdaExpression(tree, none);
    }

    @Override
    public @Nullable Void visitImport(ImportTree tree, @Nullable Void none) {
        text(String.valueOf(tree.isStatic()));
        return super.visitImport(tree, none);
    }

    @Override
    public @Nullable Void visitBreak(BreakTree tree, @Nullable Void none) {
        text(String.valueOf(tree.getLabel()));
        return super.visitBreak(tree, none);
    }

    @Override
    public @Nullable Void visitContinue(ContinueTree tree, @Nullable Void none) {
        text(String.valueOf(tree.getLabel()));
        return super.visitContinue(tree, none);
    }

    @Override
    public @Nullable Void visitLabeledStatement(LabeledStatementTree tree, @Nullable Void none) {
        text(tree.getLabel().toString());
        return super.visitLabeledStatement(tree, none);
    }

    /** Labels, guard and body; an absent guard leaves no mark, since JDKs before 21 know none. */
    @Override
    public @Nullable Void visitCase(CaseTree tree, @Nullable Void none) {
        text(tree.getCaseKind().name());
        return super.visitCase(tree, none);
    }

    private void mark(char mark) {
        bytes.write(mark);
    }

    private void text(String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        try {
            out.writeByte('"');
            out.writeInt(encoded.length);
            out.write(encoded);
        } catch (IOException impossible) {
            throw new UncheckedIOException("bytes in memory could not be written", impossible);
        }
    }
}
