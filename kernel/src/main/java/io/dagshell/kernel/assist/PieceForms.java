package io.dagshell.kernel.assist;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.tools.Diagnostic;

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

    /** The form of one snippet; {@code OTHER} for one that is no declaration as it stands. */
    public Form of(String piece) {
        if (piece.startsWith("import", PieceText.firstCode(piece))) {
            return Form.IMPORT;
        }
        AtomicBoolean sound = new AtomicBoolean(true);
        Form form = compilers.with(
                OPEN + piece + "\n}",
                List.of("-proc:none"),
                problem -> sound.compareAndSet(true, problem.getKind() != Diagnostic.Kind.ERROR),
                task -> form(PieceKinds.tree(task)));
        // javac mends `a.b(c);` in a class to a method without a name
        return sound.get() ? form : Form.OTHER;
    }

    private static Form form(CompilationUnitTree unit) {
        if (unit.getTypeDecls().isEmpty() || !(unit.getTypeDecls().get(0) instanceof ClassTree type)) {
            return Form.OTHER;
        }
        Tree first = type.getMembers().isEmpty() ? null : type.getMembers().get(0);
        if (first instanceof ClassTree declared && !declared.getSimpleName().isEmpty()) {
            return Form.TYPE;
        }
        return first instanceof MethodTree method && method.getReturnType() != null ? Form.METHOD : Form.OTHER;
    }
}
