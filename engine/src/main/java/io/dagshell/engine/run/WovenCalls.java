package io.dagshell.engine.run;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * What the woven classes of a slice call: the stop check at loops and method entries, and what replaces the calls that
 * would end the process behind its record's back. Public only because those classes link to it.
 */
public final class WovenCalls {
    /** One for the process, as a safepoint is: it tells threads to look, each sees for itself whether it is meant. */
    static final StopSwitch SWITCH = new StopSwitch();

    private WovenCalls() {}

    /** Links a stop check to the switch. */
    public static CallSite stopCheck(MethodHandles.Lookup caller, String name, MethodType type) {
        return SWITCH.site();
    }

    /** In place of {@code System.exit}. */
    public static void exit(int status) {
        throw RefusedCallException.exit(status);
    }

    /** In place of {@code Runtime.exit} and {@code Runtime.halt}. */
    public static void exit(Runtime runtime, int status) {
        throw RefusedCallException.exit(status);
    }
}
