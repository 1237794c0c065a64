package io.dagshell.magics.closure;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import io.dagshell.magics.closure.Attribution.Entry;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/**
 * Whether a constant's text says its value: literals, operators, other constants, records of the notebook and a few pure
 * factories, by what their names resolve to. A scan answers whether there is anything else.
 */
final class Constants extends TreePathScanner<Boolean, @Nullable Void> {
    private static final Set<String> PURE = Set.of(
            "java.util.List.of",
            "java.util.Set.of",
            "java.util.Map.of",
            "java.util.Map.entry",
            "java.util.Map.ofEntries",
            "java.nio.file.Path.of",
            "java.net.URI.create",
            "java.time.Duration.ofDays",
            "java.time.Duration.ofHours",
            "java.time.Duration.ofMinutes",
            "java.time.Duration.ofSeconds",
            "java.time.Duration.ofMillis",
            "java.time.Duration.parse",
            "java.time.LocalDate.of",
            "java.time.LocalDate.parse",
            "java.time.LocalDateTime.of",
            "java.time.LocalDateTime.parse",
            "java.time.LocalTime.of",
            "java.time.Instant.parse",
            "java.time.ZoneId.of",
            "java.time.ZoneOffset.of",
            "java.time.Period.of",
            "java.time.Period.ofDays",
            "java.util.Optional.of",
            "java.util.Optional.empty",
            "java.math.BigDecimal.valueOf",
            "java.math.BigInteger.valueOf",
            "java.lang.String.valueOf");
    private static final Set<String> NUMBERS = Set.of("java.math.BigDecimal", "java.math.BigInteger");

    private final Attribution attribution;

    private Constants(Attribution attribution) {
        this.attribution = attribution;
    }

    static boolean isPlain(Entry entry, Attribution attribution) {
        return entry.tree() instanceof VariableTree variable
                && variable.getInitializer() != null
                && !Boolean.TRUE.equals(
                        new Constants(attribution).scan(new TreePath(entry.path(), variable.getInitializer()), null));
    }

    @Override
    public Boolean reduce(@Nullable Boolean one, @Nullable Boolean other) {
        return Boolean.TRUE.equals(one) || Boolean.TRUE.equals(other);
    }

    @Override
    public Boolean visitMethodInvocation(MethodInvocationTree tree, @Nullable Void none) {
        return PURE.contains(called(getCurrentPath())) ? scan(tree.getArguments(), none) : Boolean.TRUE;
    }

    private String called(TreePath path) {
        Element element = attribution.trees.getElement(path);
        return element != null && element.getEnclosingElement() instanceof TypeElement owner
                ? owner.getQualifiedName() + "." + element.getSimpleName()
                : "";
    }

    /** {@code new} makes anything, but for numbers of {@code java.math} and records that only hold what they are given. */
    @Override
    public Boolean visitNewClass(NewClassTree tree, @Nullable Void none) {
        Element type = attribution.trees.getElement(new TreePath(getCurrentPath(), tree.getIdentifier()));
        boolean known = type instanceof TypeElement named
                && tree.getClassBody() == null
                && (NUMBERS.contains(named.getQualifiedName().toString()) || isPlainRecord(named));
        return known ? scan(tree.getArguments(), none) : Boolean.TRUE;
    }

    /** By the tree as written: attribution adds constructors that it marks in no public way. */
    private boolean isPlainRecord(TypeElement type) {
        return attribution
                .owner(type)
                .filter(entry -> entry.tree().getKind() == Tree.Kind.RECORD)
                .filter(entry -> entry.tree() == attribution.trees.getTree(type))
                .filter(entry -> !entry.hasConstructor())
                .isPresent();
    }

    @Override
    public Boolean visitIdentifier(IdentifierTree tree, @Nullable Void none) {
        return !isKnown(attribution.trees.getElement(getCurrentPath()));
    }

    @Override
    public Boolean visitMemberSelect(MemberSelectTree tree, @Nullable Void none) {
        return !isKnown(attribution.trees.getElement(getCurrentPath()));
    }

    /** A type, an enum's constant, a field with a value fixed by the compiler, or a constant of the notebook or of time. */
    private boolean isKnown(@Nullable Element element) {
        if (element instanceof TypeElement || (element != null && element.getKind() == ElementKind.ENUM_CONSTANT)) {
            return true;
        }
        if (!(element instanceof VariableElement field)
                || !(field.getEnclosingElement() instanceof TypeElement owner)) {
            return false;
        }
        String type = owner.getQualifiedName().toString();
        return field.getConstantValue() != null
                || (field.getModifiers().contains(Modifier.FINAL)
                        && attribution.owner(field).isPresent())
                || type.startsWith("java.time.")
                || NUMBERS.contains(type);
    }

    /** An array can be changed. */
    @Override
    public Boolean visitNewArray(NewArrayTree tree, @Nullable Void none) {
        return Boolean.TRUE;
    }

    @Override
    public Boolean visitLambdaExpression(LambdaExpressionTree tree, @Nullable Void none) {
        return Boolean.TRUE;
    }

    @Override
    public Boolean visitMemberReference(MemberReferenceTree tree, @Nullable Void none) {
        return Boolean.TRUE;
    }

    /** Whether a type's author wrote a constructor; asked before attribution adds one. */
    static boolean hasConstructor(Tree declaration) {
        return declaration instanceof ClassTree type
                && type.getMembers().stream()
                        .anyMatch(member -> member instanceof MethodTree method
                                && method.getName().contentEquals("<init>"));
    }
}
