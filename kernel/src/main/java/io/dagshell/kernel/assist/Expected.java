package io.dagshell.kernel.assist;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** The type the code around the cursor asks for, so that what has it comes first. */
final class Expected {
    private Expected() {}

    /** The type wanted where the path stands; null if anything goes. */
    static @Nullable TypeMirror at(Analysis analysis, TreePath path) {
        TreePath parent = path.getParentPath();
        if (parent == null) {
            return null;
        }
        Tree around = parent.getLeaf();
        if (around instanceof VariableTree variable && variable.getInitializer() == path.getLeaf()) {
            return variable.getType() == null ? null : typeOf(analysis, new TreePath(parent, variable.getType()));
        }
        if (around instanceof AssignmentTree assignment && assignment.getExpression() == path.getLeaf()) {
            return typeOf(analysis, new TreePath(parent, assignment.getVariable()));
        }
        if (around instanceof ReturnTree) {
            return returned(analysis, parent);
        }
        if (around instanceof ParenthesizedTree && parent.getParentPath().getLeaf() instanceof IfTree) {
            return analysis.types().getPrimitiveType(TypeKind.BOOLEAN);
        }
        if (around instanceof ParenthesizedTree || around instanceof ConditionalExpressionTree) {
            return at(analysis, parent);
        }
        return around instanceof MethodInvocationTree call ? argument(analysis, parent, call, path.getLeaf()) : null;
    }

    private static @Nullable TypeMirror typeOf(Analysis analysis, TreePath path) {
        return analysis.trees().getTypeMirror(path);
    }

    private static @Nullable TypeMirror returned(Analysis analysis, TreePath path) {
        for (TreePath at = path; at != null; at = at.getParentPath()) {
            if (at.getLeaf() instanceof LambdaExpressionTree) {
                return null;
            }
            if (at.getLeaf() instanceof MethodTree method && method.getReturnType() != null) {
                return typeOf(analysis, new TreePath(at, method.getReturnType()));
            }
        }
        return null;
    }

    private static @Nullable TypeMirror argument(
            Analysis analysis, TreePath parent, MethodInvocationTree call, Tree argument) {
        int position = call.getArguments().indexOf(argument);
        Element method = analysis.trees().getElement(new TreePath(parent, call.getMethodSelect()));
        if (position < 0 || !(method instanceof ExecutableElement executable)) {
            return null;
        }
        return position < executable.getParameters().size()
                ? executable.getParameters().get(position).asType()
                : null;
    }

    /** The method select of a marked call is not itself a value. */
    static TreePath value(TreePath marked) {
        TreePath parent = marked.getParentPath();
        boolean called = parent != null
                && parent.getLeaf() instanceof MethodInvocationTree call
                && call.getMethodSelect() == marked.getLeaf()
                && marked.getLeaf() instanceof MemberSelectTree;
        return called ? parent : marked;
    }

    /** Whether a member gives what is wanted. */
    static boolean fits(Analysis analysis, TypeMirror member, @Nullable TypeMirror wanted) {
        if (wanted == null || wanted.getKind() == TypeKind.ERROR || isObject(wanted)) {
            return false;
        }
        TypeMirror given = member instanceof ExecutableType method ? method.getReturnType() : member;
        boolean none = given.getKind() == TypeKind.VOID
                || given.getKind() == TypeKind.ERROR
                || given.getKind() == TypeKind.PACKAGE
                || given.getKind() == TypeKind.TYPEVAR;
        return !none
                && analysis.types()
                        .isAssignable(
                                analysis.types().erasure(given),
                                analysis.types().erasure(wanted));
    }

    private static boolean isObject(TypeMirror type) {
        return type.toString().equals("java.lang.Object");
    }
}
