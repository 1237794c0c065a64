package io.dagshell.magics.closure;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import io.dagshell.magics.source.JavaText;
import io.dagshell.magics.source.Member;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * All live declarations as members of one class, attributed by the compiler in one pass. Errors in declarations that
 * nothing reaches do not matter. Immutable once made; not thread-safe, because javac's trees are not.
 */
final class Attribution {
    private static final String NAME = "$Analysis";

    final Trees trees;
    final Types types;
    final CompilationUnitTree unit;
    final SourcePositions positions;
    private final Map<Tree, Entry> byTree = new IdentityHashMap<>();
    private final Map<Declared, Entry> byDeclared = new LinkedHashMap<>();
    private final Map<Element, Entry> byElement = new LinkedHashMap<>();
    private final List<Long> errors = new ArrayList<>();

    /**
     * A declaration in the analysed class.
     *
     * @param offset where the declaration's text begins in the analysed text
     * @param code of its tree, taken before attribution
     */
    record Entry(Declared declared, Tree tree, TreePath path, long offset, byte[] code) {

        /** The place in the cell of a place in the analysed text. */
        int inCell(long position) {
            return declared.member().start() + (int) (position - offset);
        }
    }

    private Attribution(JavacTask task, CompilationUnitTree unit) {
        this.trees = Trees.instance(task);
        this.types = task.getTypes();
        this.unit = unit;
        this.positions = trees.getSourcePositions();
    }

    static Attribution of(List<String> defaultImports, LiveCells cells, List<String> classPath) {
        StringBuilder text = new StringBuilder();
        defaultImports.forEach(line -> text.append(line).append('\n'));
        List<Declared> members = new ArrayList<>();
        for (Declared each : cells.declarations()) {
            if (each.member().kind() == Member.Kind.IMPORT) {
                text.append(each.text()).append('\n');
            } else {
                members.add(each);
            }
        }
        text.append("class ").append(NAME).append(" {\n");
        List<Long> offsets = new ArrayList<>();
        for (Declared each : members) {
            if (!each.member().isStatic()) {
                text.append("static ");
            }
            offsets.add((long) text.length());
            text.append(fieldText(each)).append('\n');
        }
        text.append("}\n");
        return attribute(text.toString(), members, offsets, classPath);
    }

    /** A variable's name is all that matters of it; its type may be {@code var}, which no field can have. */
    private static String fieldText(Declared declared) {
        boolean variable = declared.member().kind() == Member.Kind.FIELD
                && !declared.member().isConstant();
        if (!variable) {
            return declared.text().endsWith(";") || declared.member().kind() != Member.Kind.FIELD
                    ? declared.text()
                    : declared.text() + ";";
        }
        return "Object " + String.join(", ", declared.member().names()) + ";";
    }

    private static Attribution attribute(
            String text, List<Declared> members, List<Long> offsets, List<String> classPath) {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(
                        null,
                        null,
                        diagnostics,
                        List.of(
                                "-proc:none",
                                "-XDshould-stop.ifError=FLOW",
                                "-classpath",
                                String.join(File.pathSeparator, classPath)),
                        null,
                        List.of(new JavaText(NAME, text)));
        try {
            CompilationUnitTree unit = task.parse().iterator().next();
            Attribution attribution = new Attribution(task, unit);
            attribution.take(members, offsets);
            task.analyze();
            attribution.resolve();
            diagnostics.getDiagnostics().stream()
                    .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                    .forEach(each -> attribution.errors.add(each.getPosition()));
            return attribution;
        } catch (IOException impossible) {
            throw new UncheckedIOException("text in memory could not be compiled", impossible);
        }
    }

    private void take(List<Declared> members, List<Long> offsets) {
        ClassTree outer = (ClassTree) unit.getTypeDecls().get(0);
        TreePath outerPath = TreePath.getPath(unit, outer);
        for (Tree tree : outer.getMembers()) {
            long start = positions.getStartPosition(unit, tree);
            int index = 0;
            while (index + 1 < offsets.size() && offsets.get(index + 1) - "static ".length() <= start) {
                index++;
            }
            Declared declared = members.get(index);
            Entry entry =
                    new Entry(declared, tree, new TreePath(outerPath, tree), offsets.get(index), TreeCode.of(tree));
            byTree.put(tree, entry);
            byDeclared.putIfAbsent(declared, entry);
        }
    }

    private void resolve() {
        byTree.values().forEach(entry -> {
            Element element = trees.getElement(entry.path());
            if (element != null) {
                byElement.put(element, entry);
            }
        });
    }

    Optional<Entry> entry(Declared declared) {
        return Optional.ofNullable(byDeclared.get(declared));
    }

    /** Whether a name in the declaration could not be resolved. */
    boolean isBroken(Entry entry) {
        long end = positions.getEndPosition(unit, entry.tree());
        return errors.stream().anyMatch(at -> at >= entry.offset() && at <= end);
    }

    /** The declaration an element belongs to, itself or one around it; empty for what is not of the notebook. */
    Optional<Entry> owner(@Nullable Element element) {
        for (Element at = element; at != null; at = at.getEnclosingElement()) {
            Entry entry = byElement.get(at);
            if (entry != null) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    /** The notebook's types that are a kind of the given one. */
    List<Entry> subtypes(Entry type) {
        Element wanted = trees.getElement(type.path());
        if (wanted == null) {
            return List.of();
        }
        TypeMirror erased = types.erasure(wanted.asType());
        return byElement.entrySet().stream()
                .filter(each -> each.getValue().tree() instanceof ClassTree && each.getValue() != type)
                .filter(each -> types.isSubtype(types.erasure(each.getKey().asType()), erased))
                .map(Map.Entry::getValue)
                .toList();
    }
}
