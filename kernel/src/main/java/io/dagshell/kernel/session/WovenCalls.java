package io.dagshell.kernel.session;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * What compiled code of cells calls: the stop check at loops and method entries, what replaces the calls that would end
 * the process, and what takes the value of an expression. Public only because classes of cells link to it.
 */
public final class WovenCalls {
    private WovenCalls() {}

    /** Links a stop check to the switch of the session that loaded the calling class. */
    public static CallSite stopCheck(MethodHandles.Lookup caller, String name, MethodType type) {
        if (caller.lookupClass().getClassLoader() instanceof SnippetLoader loader) {
            return loader.stopSwitch().site();
        }
        throw new IllegalStateException("only classes of cells are woven");
    }

    /** In place of {@code System.exit}: ends the cell. */
    public static void exit(int status) {
        throw CellStop.exit(status);
    }

    /** In place of {@code Runtime.exit} and {@code Runtime.halt}: ends the cell. */
    public static void exit(Runtime runtime, int status) {
        throw CellStop.exit(status);
    }

    /** What a cell's last expression is wrapped in: keeps its value for the cell's result. */
    public static void value(@Nullable Object value) {
        Scope scope = Scope.current();
        if (scope != null) {
            scope.run().giveValue(value);
        }
    }
}
