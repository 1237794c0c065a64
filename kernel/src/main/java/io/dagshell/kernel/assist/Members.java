package io.dagshell.kernel.assist;

import com.sun.source.util.TreePath;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import org.jspecify.annotations.Nullable;

/** What may stand behind a dot. */
final class Members {
    private static final List<String> OF_EVERY_OBJECT = List.of("notify", "notifyAll", "wait", "finalize", "getClass");

    private final Analysis analysis;
    private final ClassIndex index;
    private final Proposals proposals;
    private final @Nullable TypeMirror expected;

    Members(Analysis analysis, ClassIndex index, Proposals proposals, @Nullable TypeMirror expected) {
        this.analysis = analysis;
        this.index = index;
        this.proposals = proposals;
        this.expected = expected;
    }

    /**
     * Proposes members; whether the receiver was understood.
     *
     * @param reference behind {@code ::}, where a type gives its instance methods and {@code new} too
     */
    boolean of(TreePath receiver, boolean reference) {
        Element element = analysis.trees().getElement(receiver);
        if (element instanceof PackageElement named) {
            ofPackage(named.getQualifiedName().toString());
            return true;
        }
        Optional<DeclaredType> type = declared(analysis.trees().getTypeMirror(receiver));
        boolean ofType = element instanceof TypeElement;
        type.ifPresent(found -> ofType(found, ofType, reference));
        if (type.isEmpty() && element == null) {
            ofPackage(receiver.getLeaf().toString());
        }
        return type.isPresent();
    }

    /** Packages and classes inside a package, whether or not anything of it was loaded. */
    void ofPackage(String name) {
        index.packagesIn(name)
                .filter(proposals::wants)
                .forEach(each -> proposals.add(new Candidate(each, "module", "package"), 1));
        index.classesIn(name)
                .filter(proposals::wants)
                .filter(each -> isPublic(name + "." + each))
                .forEach(each -> proposals.add(new Candidate(each, "class", name), 0));
    }

    private boolean isPublic(String className) {
        TypeElement type = analysis.elements().getTypeElement(className);
        return type != null && type.getModifiers().contains(Modifier.PUBLIC);
    }

    private Optional<DeclaredType> declared(@Nullable TypeMirror type) {
        if (type instanceof DeclaredType declared && type.getKind() == TypeKind.DECLARED) {
            return Optional.of(declared);
        }
        if (type instanceof TypeVariable variable) {
            return declared(variable.getUpperBound());
        }
        if (type instanceof IntersectionType intersection) {
            return declared(intersection.getBounds().get(0));
        }
        if (type instanceof ArrayType array) {
            ofArray(array);
            return declared(objectType());
        }
        return Optional.empty();
    }

    private TypeMirror objectType() {
        return analysis.elements().getTypeElement("java.lang.Object").asType();
    }

    private void ofArray(ArrayType array) {
        if (proposals.wants("length")) {
            proposals.add(new Candidate("length", "instance", "int"), 0);
        }
        if (proposals.wants("clone")) {
            proposals.addMethod("clone", "() " + Signatures.type(array), 1);
        }
    }

    private void ofType(DeclaredType type, boolean statics, boolean reference) {
        TypeElement element = (TypeElement) type.asElement();
        for (Element member : analysis.elements().getAllMembers(element)) {
            if (proposals.wants(member.getSimpleName().toString())
                    && isAccessible(member)
                    && fits(member, statics, reference)) {
                propose(type, member);
            }
        }
        if (statics && !reference && proposals.wants("class")) {
            proposals.add(new Candidate("class", "keyword", "Class<" + element.getSimpleName() + ">"), 2);
        }
        if (statics && reference && proposals.wants("new")) {
            proposals.add(new Candidate("new", "keyword", ""), 1);
        }
    }

    /** Without asking javac for the scope, which would attribute the code again: own code sees all, others' only public. */
    private static boolean isAccessible(Element member) {
        if (member.getModifiers().contains(Modifier.PUBLIC)) {
            return true;
        }
        Element owner = member;
        while (owner.getEnclosingElement() != null && !(owner.getEnclosingElement() instanceof PackageElement)) {
            owner = owner.getEnclosingElement();
        }
        return owner.getSimpleName().contentEquals("$Cell");
    }

    private static boolean fits(Element member, boolean statics, boolean reference) {
        if (member.getKind() == ElementKind.CONSTRUCTOR
                || member.getKind() == ElementKind.STATIC_INIT
                || member.getKind() == ElementKind.INSTANCE_INIT) {
            return false;
        }
        boolean isType = member instanceof TypeElement;
        if (reference) {
            return member.getKind() == ElementKind.METHOD;
        }
        boolean isStatic = isType || member.getModifiers().contains(Modifier.STATIC);
        return isStatic == statics;
    }

    private void propose(DeclaredType type, Element member) {
        String name = member.getSimpleName().toString();
        if (member instanceof TypeElement) {
            proposals.add(new Candidate(name, "class", ""), 1);
            return;
        }
        TypeMirror seen = analysis.types().asMemberOf(type, member);
        int rank = rank(member, seen);
        if (member instanceof ExecutableElement method) {
            proposals.addMethod(name, Signatures.of(method, (ExecutableType) seen), rank);
        } else {
            proposals.add(new Candidate(name, Signatures.kind(member), Signatures.typeOf(seen)), rank);
        }
    }

    private int rank(Element member, TypeMirror seen) {
        if (Expected.fits(analysis, seen, expected)) {
            return 0;
        }
        boolean everywhere = OF_EVERY_OBJECT.contains(member.getSimpleName().toString());
        boolean old = analysis.elements().isDeprecated(member);
        return everywhere || old ? 3 : 1;
    }
}
