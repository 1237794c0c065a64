package io.dagshell.kernel.assist;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;

/**
 * Constructors of a record without access of their own. JShell makes every top-level record public, and then refuses a
 * constructor that is less.
 */
public final class RecordConstructors {
    private static final String OPEN = "class $ { ";
    private static final Pattern RECORD = Pattern.compile("\\brecord\\s+\\w");
    private static final Set<Modifier> ACCESS = Set.of(Modifier.PUBLIC, Modifier.PROTECTED, Modifier.PRIVATE);

    private RecordConstructors() {}

    /** Offsets in a top-level record where {@code public} is missing, ascending; empty for anything else. */
    public static List<Integer> withoutAccess(String piece) {
        if (!RECORD.matcher(piece).find()) {
            return List.of();
        }
        return new CompilerPool(List.of())
                .with(OPEN + piece + "\n}", List.of("-proc:none"), problem -> {}, task -> offsets(task, piece));
    }

    private static List<Integer> offsets(JavacTask task, String piece) {
        CompilationUnitTree unit = PieceKinds.tree(task);
        if (unit.getTypeDecls().isEmpty()
                || !(unit.getTypeDecls().get(0) instanceof ClassTree around)
                || around.getMembers().isEmpty()
                || !(around.getMembers().get(0) instanceof ClassTree record)
                || record.getKind() != Tree.Kind.RECORD) {
            return List.of();
        }
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        return record.getMembers().stream()
                .filter(RecordConstructors::lacksAccess)
                .map(member -> (int) positions.getStartPosition(unit, member) - OPEN.length())
                .filter(offset -> offset > 0 && offset < piece.length())
                .toList();
    }

    private static boolean lacksAccess(Tree member) {
        return member instanceof MethodTree method
                && method.getReturnType() == null
                && method.getModifiers().getFlags().stream().noneMatch(ACCESS::contains);
    }
}
