package io.dagshell.kernel.assist;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Says what a name in an attributed unit is. */
final class Inspection {
    private static final int OVERLOADS = 12;

    private final Analysis analysis;
    private final String name;

    Inspection(Analysis analysis, String name) {
        this.analysis = analysis;
        this.name = name;
    }

    /**
     * What stands at the name.
     *
     * @param element for whose documentation to look
     */
    record Seen(String face, Element element, Documentation own, boolean variable) {}

    Optional<Seen> at(TreePath path) {
        List<Element> elements = elements(path);
        if (elements.isEmpty()) {
            return Optional.empty();
        }
        Element first = elements.get(0);
        TypeMirror receiver = receiver(path);
        String face = elements.stream()
                .limit(OVERLOADS)
                .map(each -> Face.of(each, seen(receiver, each)))
                .collect(Collectors.joining("\n"));
        return Optional.of(new Seen(face, first, ownDocumentation(first), isSessionVariable(first)));
    }

    /** The element javac resolved; where arguments do not fit yet, all methods of that name. */
    private List<Element> elements(TreePath path) {
        TreePath created = created(path);
        Element element = analysis.trees().getElement(created == null ? path : created);
        if (element instanceof PackageElement named) {
            boolean there = analysis.elements().getPackageElement(named.getQualifiedName()) != null;
            return there ? List.of(named) : List.of();
        }
        if (element != null && element.asType().getKind() != TypeKind.ERROR && element.getKind() != ElementKind.OTHER) {
            return List.of(element);
        }
        List<Element> named = new ArrayList<>();
        TypeMirror receiver = receiver(path);
        TypeElement type = receiver instanceof DeclaredType declared && receiver.getKind() == TypeKind.DECLARED
                ? (TypeElement) declared.asElement()
                : null;
        if (type != null) {
            methods(type, named);
        } else if (!(path.getLeaf() instanceof MemberSelectTree)) {
            around(path, named);
        }
        return named;
    }

    private void methods(TypeElement type, List<Element> named) {
        for (Element member : analysis.elements().getAllMembers(type)) {
            if (member.getSimpleName().contentEquals(name)) {
                named.add(member);
            }
        }
    }

    private void around(TreePath path, List<Element> named) {
        for (com.sun.source.tree.Scope scope = analysis.trees().getScope(path);
                scope != null && named.isEmpty();
                scope = scope.getEnclosingScope()) {
            if (scope.getEnclosingClass() != null) {
                methods(scope.getEnclosingClass(), named);
            }
            StreamSupport.stream(scope.getLocalElements().spliterator(), false)
                    .filter(each -> each.getSimpleName().contentEquals(name))
                    .forEach(named::add);
        }
    }

    /** Behind {@code new} a name means the constructor. */
    private static @Nullable TreePath created(TreePath path) {
        TreePath parent = path.getParentPath();
        while (parent != null && parent.getLeaf() instanceof com.sun.source.tree.ParameterizedTypeTree) {
            parent = parent.getParentPath();
        }
        return parent != null && parent.getLeaf() instanceof NewClassTree ? parent : null;
    }

    private @Nullable TypeMirror receiver(TreePath path) {
        Tree leaf = path.getLeaf();
        return leaf instanceof MemberSelectTree select
                ? analysis.trees().getTypeMirror(new TreePath(path, select.getExpression()))
                : null;
    }

    private TypeMirror seen(@Nullable TypeMirror receiver, Element element) {
        boolean member =
                element instanceof ExecutableElement || element.getKind().isField();
        if (member && receiver instanceof DeclaredType declared && receiver.getKind() == TypeKind.DECLARED) {
            try {
                return analysis.types().asMemberOf(declared, element);
            } catch (IllegalArgumentException ofAnotherType) {
                return element.asType();
            }
        }
        return element.asType();
    }

    private Documentation ownDocumentation(Element element) {
        DocTrees trees = (DocTrees) analysis.trees();
        DocCommentTree comment = trees.getDocCommentTree(element);
        return comment == null ? Documentation.NONE : DocumentationText.of(comment);
    }

    private static boolean isSessionVariable(Element element) {
        Element owner = element.getEnclosingElement();
        return element.getKind() == ElementKind.FIELD
                && owner != null
                && owner.getSimpleName().contentEquals("$Cell");
    }

    /** The module of the JDK an element is in; empty for others. */
    String module(Element element) {
        ModuleElement module = analysis.elements().getModuleOf(element);
        return module == null ? "" : module.getQualifiedName().toString();
    }

    static Element topLevel(Element element) {
        Element top = element;
        while (top.getEnclosingElement() != null && top.getEnclosingElement().getKind() != ElementKind.PACKAGE) {
            top = top.getEnclosingElement();
        }
        return top;
    }
}
