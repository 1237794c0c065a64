package io.dagshell.magics.closure;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import io.dagshell.magics.closure.Attribution.Entry;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a class of the notebook keeps from one call to the next and any cell may change: static fields, and fields of an
 * enum's constants. The text of the class is in a key, such a value is not. A scan answers the name of the first.
 */
final class KeptState extends TreePathScanner<@Nullable String, @Nullable Void> {
    /** Their values never change; of the ones from outside, nothing that a result could depend on. */
    private static final Set<String> FIXED = Set.of(
            "java.lang.String",
            "java.lang.Boolean",
            "java.lang.Character",
            "java.lang.Byte",
            "java.lang.Short",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Float",
            "java.lang.Double",
            "java.lang.Class",
            "java.lang.Runnable",
            "java.math.BigDecimal",
            "java.math.BigInteger",
            "java.math.MathContext",
            "java.util.UUID",
            "java.util.Locale",
            "java.util.Comparator",
            "java.util.OptionalInt",
            "java.util.OptionalLong",
            "java.util.OptionalDouble",
            "java.util.concurrent.Callable",
            "java.util.regex.Pattern",
            "java.util.logging.Logger",
            "java.lang.System.Logger",
            "java.net.URI",
            "java.nio.file.Path",
            "java.nio.charset.Charset",
            "org.slf4j.Logger");

    private static final List<String> FIXED_PACKAGES = List.of("java.time.", "java.util.function.");

    /** What holds others, and is fixed if these factories made it and the others are. */
    private static final Set<String> HOLDERS = Set.of(
            "java.util.List",
            "java.util.Set",
            "java.util.Map",
            "java.util.Collection",
            "java.util.Optional",
            "java.util.Map.Entry");

    private static final Set<String> BARE = Set.of("java.lang.Object", "java.lang.Record");

    private static final Set<String> FACTORIES =
            Set.of("of", "ofEntries", "ofNullable", "empty", "entry", "copyOf", "toList");

    private final Attribution attribution;

    private KeptState(Attribution attribution) {
        this.attribution = attribution;
    }

    /** The field, {@code Config.rate}; empty if there is none. */
    static Optional<String> in(Entry entry, Attribution attribution) {
        return Optional.ofNullable(new KeptState(attribution).scan(entry.path(), null));
    }

    @Override
    public @Nullable String reduce(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }

    @Override
    public @Nullable String visitVariable(VariableTree tree, @Nullable Void none) {
        Element element = attribution.trees.getElement(getCurrentPath());
        if (element instanceof VariableElement field
                && field.getKind() == ElementKind.FIELD
                && field.getEnclosingElement() instanceof TypeElement owner
                && isOfAClass(field)
                && isKept(field, owner)
                && !isFixed(field, tree)) {
            return owner.getSimpleName() + "." + field.getSimpleName();
        }
        return super.visitVariable(tree, none);
    }

    /** Those of the notebook itself are its variables and constants, which are looked at elsewhere. */
    private boolean isOfAClass(VariableElement field) {
        return attribution.declaring(field).isEmpty();
    }

    private static boolean isKept(VariableElement field, TypeElement owner) {
        return field.getModifiers().contains(Modifier.STATIC) || owner.getKind() == ElementKind.ENUM;
    }

    private boolean isFixed(VariableElement field, VariableTree tree) {
        if (!field.getModifiers().contains(Modifier.FINAL)) {
            return false;
        }
        TreePath value = tree.getInitializer() == null ? null : new TreePath(getCurrentPath(), tree.getInitializer());
        if (isFunction(value) || isFixed(field.asType(), new HashSet<>())) {
            return true;
        }
        boolean made = value == null ? !field.getModifiers().contains(Modifier.STATIC) : isMadeFixed(value);
        return made && holdsFixed(field.asType());
    }

    private static boolean isFunction(@Nullable TreePath value) {
        return value != null
                && (value.getLeaf() instanceof LambdaExpressionTree || value.getLeaf() instanceof MemberReferenceTree);
    }

    /** By what is called last: {@code List.of(1, 2)}, {@code names.stream().toList()}. */
    private boolean isMadeFixed(TreePath value) {
        Element called = attribution.trees.getElement(value);
        return value.getLeaf() instanceof MethodInvocationTree
                && called != null
                && FACTORIES.contains(called.getSimpleName().toString())
                && called.getEnclosingElement() instanceof TypeElement owner
                && owner.getQualifiedName().toString().startsWith("java.util.");
    }

    private boolean holdsFixed(TypeMirror type) {
        return type instanceof DeclaredType declared
                && HOLDERS.contains(nameOf(declared))
                && declared.getTypeArguments().stream()
                        .allMatch(each -> isFixed(each, new HashSet<>()) || holdsFixed(each));
    }

    private static String nameOf(DeclaredType type) {
        return ((TypeElement) type.asElement()).getQualifiedName().toString();
    }

    /** Whether no value of the type can be changed. Of a type within itself it depends on the rest. */
    private boolean isFixed(TypeMirror type, Set<Element> seen) {
        if (type.getKind().isPrimitive()) {
            return true;
        }
        if (type instanceof ArrayType || !(type instanceof DeclaredType declared)) {
            return false;
        }
        String name = nameOf(declared);
        Element element = declared.asElement();
        return FIXED.contains(name)
                || FIXED_PACKAGES.stream().anyMatch(name::startsWith)
                || element.getKind() == ElementKind.ENUM
                || (attribution.owner(element).isPresent() && (!seen.add(element) || isFixedType(declared, seen)));
    }

    /** A type of the notebook: all it and its kinds hold is final and fixed. */
    private boolean isFixedType(DeclaredType type, Set<Element> seen) {
        TypeElement element = (TypeElement) type.asElement();
        boolean own = element.getEnclosedElements().stream()
                .filter(each -> each.getKind() == ElementKind.FIELD)
                .filter(each -> !each.getModifiers().contains(Modifier.STATIC))
                .allMatch(each -> each.getModifiers().contains(Modifier.FINAL)
                        && isFixed(attribution.types.asMemberOf(type, each), seen));
        boolean above = attribution.types.directSupertypes(type).stream()
                .map(DeclaredType.class::cast)
                .filter(each -> !isWithoutState(each))
                .allMatch(each -> isFixed(each, seen));
        return own && above && kinds(element).allMatch(each -> isFixed(each, seen));
    }

    /** An interface from outside, or what every class and record is. */
    private boolean isWithoutState(DeclaredType type) {
        Element element = type.asElement();
        boolean bare = element.getKind() == ElementKind.INTERFACE || BARE.contains(nameOf(type));
        return bare && attribution.owner(element).isEmpty();
    }

    private Stream<TypeMirror> kinds(TypeElement element) {
        return attribution.declaring(element).stream()
                .filter(entry ->
                        entry.tree() instanceof ClassTree && entry.tree().getKind() != Tree.Kind.RECORD)
                .flatMap(entry -> attribution.subtypes(entry).stream())
                .map(entry -> attribution.trees.getElement(entry.path()).asType());
    }
}
