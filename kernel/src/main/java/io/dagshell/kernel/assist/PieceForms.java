package io.dagshell.kernel.assist;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/** Tells what a snippet declares, by javac's parser alone. Not thread-safe. */
public final class PieceForms {
    private static final String OPEN = "class $ { ";

    private final CompilerPool compilers = new CompilerPool(List.of());

    private PieceForms() {}

    /** One that keeps its compiler warm. */
    public static PieceForms open() {
        return new PieceForms();
    }

    /** What a snippet is. */
    public enum Form {
        IMPORT,
        TYPE,
        METHOD,
        OTHER;

        /** What the rest of a cell may use before it stands there, in the order it is declared best. */
        public static final List<Form> HOISTED = List.of(IMPORT, TYPE, METHOD);
    }

    /**
     * What a snippet declares.
     *
     * @param form {@code OTHER} for one that is no declaration of a type or method as it stands
     * @param names of the types, methods and variables it declares; none if it is not known for sure
     */
    public record Shape(Form form, Set<String> names) {
        /** Declares nothing, as far as is known. */
        public static final Shape NONE = new Shape(Form.OTHER, Set.of());

        public Shape {
            names = Set.copyOf(names);
        }
    }

    /** Looks at one snippet. */
    public Shape of(String piece) {
        if (piece.startsWith("import", PieceText.firstCode(piece))) {
            return new Shape(Form.IMPORT, Set.of());
        }
        AtomicBoolean sound = new AtomicBoolean(true);
        Shape shape = compilers.with(
                OPEN + piece + "\n}",
                List.of("-proc:none"),
                problem -> sound.compareAndSet(true, problem.getKind() != Diagnostic.Kind.ERROR),
                task -> shape(PieceKinds.tree(task)));
        // javac mends `a.b(c);` in a class to a method without a name
        return sound.get() ? shape : Shape.NONE;
    }

    private static Shape shape(CompilationUnitTree unit) {
        if (unit.getTypeDecls().isEmpty() || !(unit.getTypeDecls().get(0) instanceof ClassTree type)) {
            return Shape.NONE;
        }
        Tree first = type.getMembers().isEmpty() ? null : type.getMembers().get(0);
        return new Shape(form(first), names(type.getMembers()));
    }

    private static Form form(@Nullable Tree first) {
        if (first instanceof ClassTree declared && !declared.getSimpleName().isEmpty()) {
            return Form.TYPE;
        }
        return first instanceof MethodTree method && method.getReturnType() != null ? Form.METHOD : Form.OTHER;
    }

    private static Set<String> names(List<? extends Tree> members) {
        Set<String> names = new HashSet<>();
        for (Tree member : members) {
            if (member instanceof VariableTree variable) {
                names.add(variable.getName().toString());
            } else if (member instanceof ClassTree type && !type.getSimpleName().isEmpty()) {
                names.add(type.getSimpleName().toString());
            } else if (member instanceof MethodTree method && method.getReturnType() != null) {
                names.add(method.getName().toString());
            } else {
                return Set.of();
            }
        }
        return names;
    }
}
