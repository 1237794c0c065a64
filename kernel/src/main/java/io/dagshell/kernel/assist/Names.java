package io.dagshell.kernel.assist;

import com.sun.source.tree.Scope;
import com.sun.source.util.TreePath;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** What may stand where a name begins: what the cell and the session declared, imports, classes, words of Java. */
final class Names {
    private static final List<String> WORDS = List.of(
            "abstract",
            "assert",
            "boolean",
            "break",
            "byte",
            "case",
            "catch",
            "char",
            "class",
            "continue",
            "default",
            "do",
            "double",
            "else",
            "enum",
            "extends",
            "false",
            "final",
            "finally",
            "float",
            "for",
            "if",
            "implements",
            "import",
            "instanceof",
            "int",
            "interface",
            "long",
            "new",
            "null",
            "private",
            "protected",
            "public",
            "record",
            "return",
            "short",
            "static",
            "super",
            "switch",
            "synchronized",
            "this",
            "throw",
            "throws",
            "true",
            "try",
            "var",
            "void",
            "while",
            "yield");
    private static final int UNIMPORTED = 30;

    private final Analysis analysis;
    private final ClassIndex index;
    private final Proposals proposals;
    private final @Nullable TypeMirror expected;

    Names(Analysis analysis, ClassIndex index, Proposals proposals, @Nullable TypeMirror expected) {
        this.analysis = analysis;
        this.index = index;
        this.proposals = proposals;
        this.expected = expected;
    }

    /**
     * Proposes names.
     *
     * @param typesOnly behind {@code new} or {@code @}
     */
    void at(TreePath path, boolean typesOnly) {
        int rank = 1;
        for (Scope scope = analysis.trees().getScope(path); scope != null; scope = scope.getEnclosingScope()) {
            TypeElement around = scope.getEnclosingClass();
            scoped(scope.getLocalElements(), rank, typesOnly);
            if (around != null && around.getKind() != ElementKind.ANNOTATION_TYPE) {
                scoped(analysis.elements().getAllMembers(around), rank + 1, typesOnly);
            }
            rank = Math.min(rank + 1, 4);
        }
        unimported();
        if (!typesOnly) {
            WORDS.stream()
                    .filter(proposals::wants)
                    .forEach(word -> proposals.add(new Candidate(word, "keyword", ""), 5));
        }
    }

    /** Asks an element nothing before its name fits: asking loads its class. */
    private void scoped(Iterable<? extends Element> elements, int rank, boolean typesOnly) {
        for (Element element : elements) {
            String name = element.getSimpleName().toString();
            if (proposals.wants(name) && !(proposals.prefix().isEmpty() && isOfJdk(element))) {
                propose(element, name, rank, typesOnly);
            }
        }
    }

    private static boolean isOfJdk(Element element) {
        return element.getEnclosingElement() != null
                && element.getEnclosingElement().toString().startsWith("java.");
    }

    private void propose(Element element, String name, int rank, boolean typesOnly) {
        boolean ofObject = element.getEnclosingElement() != null
                && element.getEnclosingElement().toString().equals("java.lang.Object");
        if (element.getKind() == ElementKind.CONSTRUCTOR || ofObject) {
            return;
        }
        if (element instanceof TypeElement type) {
            boolean visible = type.getModifiers().contains(Modifier.PUBLIC)
                    || type.getQualifiedName().toString().startsWith("REPL.")
                    || type.getQualifiedName().isEmpty();
            if (visible) {
                proposals.add(new Candidate(name, "class", place(type)), rank + 1);
            }
            return;
        }
        if (typesOnly) {
            return;
        }
        TypeMirror seen = seen(element);
        int wanted = Expected.fits(analysis, seen, expected) ? 0 : rank;
        if (element instanceof ExecutableElement method) {
            proposals.addMethod(name, Signatures.of(method, (ExecutableType) seen), wanted);
        } else if (element.getKind() != ElementKind.PACKAGE) {
            proposals.add(new Candidate(name, Signatures.kind(element), Signatures.typeOf(seen)), wanted);
        }
    }

    private static TypeMirror seen(Element element) {
        return element.asType();
    }

    private static String place(TypeElement type) {
        if (type.asType() instanceof DeclaredType declared && declared.getKind() == TypeKind.DECLARED) {
            String owner = String.valueOf(type.getEnclosingElement());
            return owner.startsWith("REPL") || owner.contains("$") || owner.contains("(") ? "" : owner;
        }
        return "";
    }

    /** Classes nobody imported, under the name by which they can be used at once. */
    private void unimported() {
        String prefix = proposals.prefix();
        if (prefix.length() < 2 || !Character.isUpperCase(prefix.charAt(0))) {
            return;
        }
        index.named(prefix)
                .filter(name -> name.substring(name.lastIndexOf('.') + 1).indexOf('$') < 0)
                .filter(this::isPublic)
                .limit(UNIMPORTED)
                .forEach(name -> {
                    String simple = name.substring(name.lastIndexOf('.') + 1);
                    boolean imported = proposals.has("class", simple, name.substring(0, name.lastIndexOf('.')));
                    if (!imported) {
                        proposals.add(new Candidate(name, "class", "not imported"), simple.equals(prefix) ? 4 : 6);
                    }
                });
    }

    private boolean isPublic(String className) {
        TypeElement type = analysis.elements().getTypeElement(className);
        return type != null && type.getModifiers().contains(Modifier.PUBLIC);
    }
}
