package io.dagshell.kernel.session;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * What woven user code calls: the stop check at loops and method entries, and what replaces the calls that would end
 * the process. Public only because classes of cells link to it.
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
}
