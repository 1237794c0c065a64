package io.dagshell.kernel.session;

import java.lang.reflect.Field;
import java.util.Optional;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;

/**
 * Types that javac infers and no one can write down, {@code List<Serializable & Comparable<…>>} of {@code var mixed =
 * List.of(1, "a")}. JShell declares such a variable with a type that can be written, and gives javac the inferred one
 * where the variable is used. The JShell of Java 25 cannot read some of those: javac then fails, and JShell says nothing
 * and has no code. Such a variable keeps the type that can be written. Guarded by the session's lock.
 */
final class InferredTypes {
    private final Optional<StatementCompiler> statements;
    private final @Nullable Field inferred;

    InferredTypes(Optional<StatementCompiler> statements) {
        this.statements = statements;
        this.inferred = inferred();
    }

    private static @Nullable Field inferred() {
        try {
            Field field = VarSnippet.class.getDeclaredField("fullTypeName");
            field.setAccessible(true);
            return field;
        } catch (ReflectiveOperationException | RuntimeException notOpened) {
            return null;
        }
    }

    /** Looks at a variable that was just declared. */
    void check(VarSnippet variable) {
        if (variable.typeName().contains("&")
                && statements.filter(each -> !each.reads(variable.name())).isPresent()) {
            forget(variable);
        }
    }

    private void forget(VarSnippet variable) {
        try {
            if (inferred != null) {
                inferred.set(variable, null);
            }
        } catch (IllegalAccessException notAllowed) {
            // It stays as JShell has it.
        }
    }
}
