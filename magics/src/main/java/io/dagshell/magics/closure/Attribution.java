package io.dagshell.magics.closure;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import io.dagshell.kernel.assist.Preview;
import io.dagshell.magics.source.JavaText;
import io.dagshell.magics.source.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
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
 * nothing reaches do not matter, nor does it that a constant stands behind one it is used in, as after a second run of
 * its cell. Immutable once made; not thread-safe, because javac's trees are not. One that is only {@linkplain #look looked at}
 * is valid no longer than that.
 */
final class Attribution {
    private static final String NAME = "$Analysis";
    private static final List<String> OPTIONS = List.of("-proc:none", "-XDshould-stop.ifError=FLOW");

    final Trees trees;
    final Types types;
    final CompilationUnitTree unit;
    final SourcePositions positions;
    final Libraries libraries;
    private final Map<Tree, Entry> byTree = new IdentityHashMap<>();
    private final Map<Declared, Entry> byDeclared = new LinkedHashMap<>();
    private final Map<Element, Entry> byElement = new LinkedHashMap<>();
    private final List<Long> errors = new ArrayList<>();
    private final Set<String> twice = new HashSet<>();

    /**
     * A declaration in the analysed class.
     *
     * @param offset where the declaration's text begins in the analysed text
     * @param code of its tree, taken before attribution
     * @param hasConstructor whether its author wrote one
     */
    record Entry(Declared declared, Tree tree, TreePath path, long offset, byte[] code, boolean hasConstructor) {

        /** The declared name; of {@code int a, b;} the one of the two. */
        String name() {
            return tree instanceof VariableTree variable
                    ? variable.getName().toString()
                    : declared.member().name();
        }

        /** The place in the cell of a place in the analysed text. */
        int inCell(long position) {
            return declared.member().start() + (int) (position - offset);
        }
    }

    private Attribution(JavacTask task, CompilationUnitTree unit, Libraries libraries) {
        this.libraries = libraries;
        this.trees = Trees.instance(task);
        this.types = task.getTypes();
        this.unit = unit;
        this.positions = trees.getSourcePositions();
    }

    /** One that may be kept, with a compiler of its own. */
    static Attribution of(List<String> defaultImports, LiveCells cells, LibraryFiles.Shared files) {
        Text text = text(defaultImports, cells, List.of());
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(
                        null,
                        files.open(),
                        diagnostics,
                        Stream.concat(OPTIONS.stream(), Preview.options().stream())
                                .toList(),
                        null,
                        List.of(text.file()));
        return attribute(task, text, diagnostics, files);
    }

    /**
     * One to look at and no more, by a compiler that knows the libraries from before.
     *
     * @param statements of a cell, each in a block of its own
     */
    static <T> T look(
            List<String> defaultImports,
            LiveCells cells,
            List<Declared> statements,
            LibraryFiles.Shared files,
            Function<Attribution, T> work) {
        Text text = text(defaultImports, cells, statements);
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        return files.compilers()
                .with(
                        List.of(text.file()),
                        OPTIONS,
                        diagnostics,
                        task -> work.apply(attribute(task, text, diagnostics, files)));
    }

    /** The analysed class, and where the declarations are in it. */
    private record Text(String java, List<Placed> members) {
        JavaText file() {
            return new JavaText(NAME, java);
        }
    }

    private static Text text(List<String> defaultImports, LiveCells cells, List<Declared> statements) {
        StringBuilder text = new StringBuilder();
        defaultImports.forEach(line -> text.append(line).append('\n'));
        cells.declarations().stream()
                .filter(each -> each.member().kind() == Member.Kind.IMPORT)
                .forEach(each -> text.append(each.text()).append('\n'));
        text.append("class ").append(NAME).append(" {\n");
        List<Placed> members = new ArrayList<>();
        for (Declared each : cells.declarations()) {
            if (each.member().kind() != Member.Kind.IMPORT) {
                members.add(place(each, each.member().isStatic() ? "" : "static ", fieldText(each), "\n", text));
            }
        }
        for (Declared each : statements) {
            members.add(place(each, "static { ", each.text(), ";\n}\n", text));
        }
        text.append("}\n");
        return new Text(text.toString(), members);
    }

    private static Placed place(Declared declared, String before, String body, String behind, StringBuilder text) {
        Placed placed = new Placed(declared, text.length(), text.length() + before.length());
        text.append(before).append(body).append(behind);
        return placed;
    }

    /** A piece of a cell in the analysed text: where it begins with what was put before it, and where its own text does. */
    private record Placed(Declared declared, long start, long offset) {}

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
            JavacTask task, Text text, DiagnosticCollector<JavaFileObject> diagnostics, LibraryFiles.Shared files) {
        try {
            CompilationUnitTree unit = task.parse().iterator().next();
            Attribution attribution = new Attribution(task, unit, new Libraries(files.classPath()));
            attribution.take(text.members());
            task.analyze();
            attribution.resolve();
            diagnostics.getDiagnostics().stream()
                    .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                    .filter(each -> !String.valueOf(each.getCode()).contains("illegal.forward.ref"))
                    .forEach(attribution::learn);
            return attribution;
        } catch (IOException impossible) {
            throw new UncheckedIOException("text in memory could not be compiled", impossible);
        }
    }

    private void take(List<Placed> members) {
        ClassTree outer = (ClassTree) unit.getTypeDecls().get(0);
        TreePath outerPath = TreePath.getPath(unit, outer);
        for (Tree tree : outer.getMembers()) {
            long start = positions.getStartPosition(unit, tree);
            int index = 0;
            while (index + 1 < members.size() && members.get(index + 1).start() <= start) {
                index++;
            }
            Placed placed = members.get(index);
            Entry entry = new Entry(
                    placed.declared(),
                    tree,
                    new TreePath(outerPath, tree),
                    placed.offset(),
                    TreeCode.of(tree),
                    Constants.hasConstructor(tree));
            byTree.put(tree, entry);
            byDeclared.putIfAbsent(placed.declared(), entry);
        }
    }

    /** What a cell holds, statements included, in the order of the analysed text. */
    List<Entry> ofCell(List<Declared> cell) {
        return byTree.values().stream()
                .filter(entry -> cell.contains(entry.declared()))
                .sorted(Comparator.comparingLong(entry -> positions.getStartPosition(unit, entry.tree())))
                .toList();
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

    private void learn(Diagnostic<? extends JavaFileObject> error) {
        errors.add(error.getPosition());
        if (String.valueOf(error.getCode()).contains("already.defined")) {
            byTree.values().stream()
                    .filter(entry -> isAt(entry, error.getPosition()))
                    .map(Entry::name)
                    .forEach(twice::add);
        }
    }

    /**
     * Whether a name is declared twice as the compiler sees it, though not as written ({@code String}, {@code
     * java.lang.String}): it would look at the older one.
     */
    boolean isTwice(Entry entry) {
        return twice.contains(entry.name());
    }

    /** Whether the element is the declaration's own, not one declared inside it. */
    boolean isElementOf(Element element, Declared declared) {
        Entry entry = byElement.get(element);
        return entry != null && entry.declared() == declared;
    }

    /** Whether a name in the declaration could not be resolved. */
    boolean isBroken(Entry entry) {
        return errors.stream().anyMatch(at -> isAt(entry, at));
    }

    private boolean isAt(Entry entry, long position) {
        return position >= entry.offset() && position <= positions.getEndPosition(unit, entry.tree());
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

    /** The declaration that an element is itself. */
    Optional<Entry> declaring(@Nullable Element element) {
        return Optional.ofNullable(element).map(byElement::get);
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
