package io.dagshell.magics.closure;

import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a constant's text says its value: literals, operators, other constants and a few pure factories. */
final class Constants extends TreeScanner<Boolean, @Nullable Void> {
    private static final Set<String> PURE = Set.of(
            "List.of",
            "Set.of",
            "Map.of",
            "Map.entry",
            "Map.ofEntries",
            "Path.of",
            "URI.create",
            "Duration.ofDays",
            "Duration.ofHours",
            "Duration.ofMinutes",
            "Duration.ofSeconds",
            "Duration.ofMillis",
            "Duration.parse",
            "LocalDate.of",
            "LocalDate.parse",
            "LocalDateTime.of",
            "LocalDateTime.parse",
            "LocalTime.of",
            "Instant.parse",
            "ZoneId.of",
            "ZoneOffset.of",
            "Period.of",
            "Period.ofDays",
            "Optional.of",
            "Optional.empty",
            "BigDecimal.valueOf",
            "BigInteger.valueOf",
            "String.valueOf");

    private Constants() {}

    static boolean isPlain(Tree declaration) {
        return declaration instanceof VariableTree variable
                && variable.getInitializer() != null
                && !Boolean.TRUE.equals(new Constants().scan(variable.getInitializer(), null));
    }

    @Override
    public Boolean reduce(@Nullable Boolean one, @Nullable Boolean other) {
        return Boolean.TRUE.equals(one) || Boolean.TRUE.equals(other);
    }

    @Override
    public Boolean visitMethodInvocation(MethodInvocationTree tree, @Nullable Void none) {
        String called = tree.getMethodSelect().toString();
        return PURE.contains(called) ? scan(tree.getArguments(), none) : Boolean.TRUE;
    }

    /** {@code new} makes anything: only the numbers of {@code java.math} are known to be what their arguments say. */
    @Override
    public Boolean visitNewClass(NewClassTree tree, @Nullable Void none) {
        boolean number =
                Set.of("BigDecimal", "BigInteger").contains(tree.getIdentifier().toString());
        return number && tree.getClassBody() == null ? scan(tree.getArguments(), none) : Boolean.TRUE;
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
}
