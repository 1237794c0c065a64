package io.dagshell.magics.source;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * Java text of one class, parsed and not attributed.
 *
 * @param errorOffset where the first syntax error is
 * @param error javac's words for it; empty if the text is well formed
 */
public record ParsedClass(CompilationUnitTree unit, SourcePositions positions, long errorOffset, String error) {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /** Parses {@code text}, a compilation unit with one class. */
    public static ParsedClass of(String text) {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        JavacTask task = (JavacTask) COMPILER.getTask(
                null, null, diagnostics, List.of("-proc:none"), null, List.of(new JavaText("$", text)));
        try {
            CompilationUnitTree unit = task.parse().iterator().next();
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (Diagnostic<? extends JavaFileObject> each : diagnostics.getDiagnostics()) {
                if (each.getKind() == Diagnostic.Kind.ERROR) {
                    return new ParsedClass(unit, positions, each.getPosition(), each.getMessage(Locale.ROOT));
                }
            }
            String error = unit.getTypeDecls().size() == 1 ? "" : "'}' without '{'";
            return new ParsedClass(unit, positions, 0, error);
        } catch (IOException impossible) {
            throw new UncheckedIOException("text in memory could not be read", impossible);
        }
    }

    public boolean failed() {
        return !error.isEmpty();
    }

    /** What the class declares. */
    public List<? extends Tree> members() {
        return ((ClassTree) unit.getTypeDecls().get(0)).getMembers();
    }

    /** Offset of the tree's first character. */
    public long start(Tree tree) {
        return positions.getStartPosition(unit, tree);
    }

    /** Offset behind the tree's last character. */
    public long end(Tree tree) {
        return positions.getEndPosition(unit, tree);
    }
}
