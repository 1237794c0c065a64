package io.dagshell.kernel.assist;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import org.jspecify.annotations.Nullable;

/** Finds the comment of a declaration in source that is only parsed: by names of types as written. */
final class DocumentedSource {
    private final CompilerPool compilers;

    DocumentedSource(CompilerPool compilers) {
        this.compilers = compilers;
    }

    Documentation of(String source, Element element) {
        String wanted = describe(element);
        return compilers.with(source, List.of("-proc:none"), problem -> {}, task -> {
            CompilationUnitTree unit = PieceKinds.tree(task);
            DocTrees trees = DocTrees.instance(task);
            TreePath path = new Finder(wanted).scan(unit, "");
            DocCommentTree comment = path == null ? null : trees.getDocCommentTree(path);
            return comment == null ? Documentation.NONE : DocumentationText.of(comment);
        });
    }

    /** {@code Map.Entry.comparingByKey(Comparator)}: nesting, name, and simple erased types. */
    private static String describe(Element element) {
        Element owner = element.getEnclosingElement();
        String before = owner == null || owner.getKind() == ElementKind.PACKAGE ? "" : describe(owner) + ".";
        if (element instanceof ExecutableElement method) {
            String types = method.getParameters().stream()
                    .map(each -> simple(Signatures.type(each.asType())))
                    .collect(Collectors.joining(","));
            return before + method.getSimpleName() + "(" + types + ")";
        }
        return before + element.getSimpleName();
    }

    private static String simple(String type) {
        String erased = type;
        while (erased.indexOf('<') >= 0) {
            String less = erased.replaceAll("<[^<>]*>", "");
            if (less.equals(erased)) {
                break;
            }
            erased = less;
        }
        return erased.replaceAll("@\\w+(\\([^)]*\\))?\\s*", "")
                .replace("...", "[]")
                .replaceAll("\\b(\\w+\\.)+", "")
                .replaceAll("\\s", "");
    }

    private static final class Finder extends TreePathScanner<@Nullable TreePath, String> {
        private final String wanted;

        Finder(String wanted) {
            this.wanted = wanted;
        }

        @Override
        public @Nullable TreePath visitClass(ClassTree type, String before) {
            String name = before + type.getSimpleName();
            return found(name) ? getCurrentPath() : super.visitClass(type, name + ".");
        }

        @Override
        public @Nullable TreePath visitMethod(MethodTree method, String before) {
            String types = method.getParameters().stream()
                    .map(each -> simple(String.valueOf(each.getType())))
                    .collect(Collectors.joining(","));
            return found(before + method.getName() + "(" + types + ")") ? getCurrentPath() : null;
        }

        @Override
        public @Nullable TreePath visitVariable(VariableTree variable, String before) {
            boolean field = getCurrentPath().getParentPath().getLeaf() instanceof ClassTree;
            return field && found(before + variable.getName()) ? getCurrentPath() : null;
        }

        private boolean found(String name) {
            return wanted.equals(name);
        }

        @Override
        public @Nullable TreePath reduce(@Nullable TreePath first, @Nullable TreePath second) {
            return first == null ? second : first;
        }

        @Override
        public @Nullable TreePath scan(@Nullable Tree tree, String before) {
            return super.scan(tree, before);
        }
    }
}
