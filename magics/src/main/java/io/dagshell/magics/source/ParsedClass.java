package io.dagshell.magics.source;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import io.dagshell.kernel.assist.CompilerPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * Java text of one class, parsed and not attributed.
 *
 * @param errorOffset where the first syntax error is
 * @param error javac's words for it; empty if the text is well formed
 */
public record ParsedClass(CompilationUnitTree unit, SourcePositions positions, long errorOffset, String error) {
    /** A compiler that only parses knows nothing of earlier texts but the words in them. */
    private static final CompilerPool PARSERS = CompilerPool.over(
            new NoFiles(ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, Locale.ROOT, null)));

    /** Parses compilation units of one class each; one start of the compiler, which costs more than all its parsing. */
    static List<ParsedClass> all(List<String> texts) {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        List<JavaText> files = new ArrayList<>();
        texts.forEach(text -> files.add(new JavaText("$" + files.size(), text)));
        return PARSERS.with(files, List.of("-proc:none"), diagnostics, task -> parsed(task, diagnostics));
    }

    private static List<ParsedClass> parsed(JavacTask task, DiagnosticCollector<JavaFileObject> diagnostics) {
        List<ParsedClass> parsed = new ArrayList<>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                parsed.add(of(unit, Trees.instance(task).getSourcePositions(), diagnostics.getDiagnostics()));
            }
            return parsed;
        } catch (IOException impossible) {
            throw new UncheckedIOException("text in memory could not be read", impossible);
        }
    }

    private static ParsedClass of(
            CompilationUnitTree unit,
            SourcePositions positions,
            List<Diagnostic<? extends JavaFileObject>> diagnostics) {
        for (Diagnostic<? extends JavaFileObject> each : diagnostics) {
            if (each.getKind() == Diagnostic.Kind.ERROR && isOf(unit, each)) {
                return new ParsedClass(unit, positions, each.getPosition(), each.getMessage(Locale.ROOT));
            }
        }
        String error = unit.getTypeDecls().size() == 1 ? "" : "'}' without '{'";
        return new ParsedClass(unit, positions, 0, error);
    }

    private static boolean isOf(CompilationUnitTree unit, Diagnostic<? extends JavaFileObject> diagnostic) {
        // By address: the tree knows its file in a wrapping of the compiler's own.
        return diagnostic.getSource() == null
                || diagnostic.getSource().toUri().equals(unit.getSourceFile().toUri());
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
