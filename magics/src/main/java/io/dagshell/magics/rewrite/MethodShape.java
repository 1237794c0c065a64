package io.dagshell.magics.rewrite;

import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import io.dagshell.kernel.session.CellProblem;
import io.dagshell.magics.source.CellPlace;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** What the method of a task or flow may look like: not generic, a fixed number of parameters, a plain body. */
final class MethodShape {
    private static final Set<String> OF_EVERY_OBJECT =
            Set.of("clone", "equals", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");
    private static final Set<String> OF_DAGSHELL =
            Set.of("submit", "map", "refresh", "scheduledTime", "call", "callVoid");
    private static final Set<Modifier> REFUSED =
            Set.of(Modifier.ABSTRACT, Modifier.DEFAULT, Modifier.NATIVE, Modifier.STRICTFP, Modifier.SYNCHRONIZED);

    private final MethodReader reader;
    private final MethodTree tree;

    private MethodShape(MethodReader reader, MethodTree tree) {
        this.reader = reader;
        this.tree = tree;
    }

    static void check(MethodReader reader, MethodTree tree) {
        MethodShape shape = new MethodShape(reader, tree);
        shape.checkModifiers();
        shape.checkName();
        shape.checkFace();
        tree.getParameters().forEach(shape::checkParameter);
    }

    private void checkModifiers() {
        for (Modifier modifier : tree.getModifiers().getFlags()) {
            if (REFUSED.contains(modifier)) {
                throw problem(reader.start(), "it is a plain method: remove '" + modifier + "'");
            }
        }
    }

    private void checkName() {
        String name = name();
        if (OF_EVERY_OBJECT.contains(name)) {
            throw problem(reader.start(), "'" + name + "' is a method of every object: choose another name");
        }
        if (OF_DAGSHELL.contains(name)) {
            throw problem(reader.start(), "'" + name + "' is DagShell's own: choose another name");
        }
        if (name.contains("$")) {
            throw problem(reader.start(), "'" + name + "' has a '$', which names of tasks and flows leave to DagShell");
        }
    }

    private void checkFace() {
        if (!tree.getTypeParameters().isEmpty()) {
            throw problem(
                    reader.offset(tree.getTypeParameters().get(0)),
                    "'" + name()
                            + "' is generic, its inputs and output need one type each: write the types instead of '"
                            + tree.getTypeParameters().get(0).getName() + "'");
        }
        if (tree.getBody() == null) {
            throw problem(reader.start(), "'" + name() + "' has no body");
        }
        if (reader.exceptions().stream()
                .anyMatch(each -> each.equals("Throwable") || each.equals("java.lang.Throwable"))) {
            throw problem(reader.offset(tree.getThrows().get(0)), "write 'throws Exception' instead of Throwable");
        }
    }

    private void checkParameter(VariableTree parameter) {
        String name = parameter.getName().toString();
        if (reader.isVarargs(parameter)) {
            throw problem(
                    reader.offset(parameter),
                    "'" + name
                            + "' takes any number of arguments, a task takes a fixed number: write an array or a List");
        }
        // A variable of that name would hide the package in the wrapper's text (JLS 6.4.2).
        if (name.equals("io") || name.equals("java")) {
            throw problem(reader.offset(parameter), "a parameter cannot be called '" + name + "': choose another name");
        }
    }

    private String name() {
        return tree.getName().toString();
    }

    private CellProblem problem(int offset, String message) {
        return CellPlace.of(reader.cell(), offset).problem(message);
    }
}
