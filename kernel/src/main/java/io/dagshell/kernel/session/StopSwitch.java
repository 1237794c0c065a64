package io.dagshell.kernel.session;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;

/**
 * One call site shared by every stop check of a session. While nobody interrupts its target does nothing and the
 * compiler removes it; arming points it at the real check. Guarded by itself.
 */
final class StopSwitch {
    private static final MethodType NO_ARGUMENTS = MethodType.methodType(void.class);
    private static final MethodHandle NOTHING = MethodHandles.empty(NO_ARGUMENTS);
    private static final MethodHandle CHECK = check();

    private final MutableCallSite site = new MutableCallSite(NOTHING);

    MutableCallSite site() {
        return site;
    }

    synchronized void arm() {
        point(CHECK);
    }

    synchronized void disarm() {
        point(NOTHING);
    }

    private void point(MethodHandle target) {
        if (site.getTarget() == target) {
            return;
        }
        site.setTarget(target);
        MutableCallSite.syncAll(new MutableCallSite[] {site});
    }

    private static MethodHandle check() {
        try {
            return MethodHandles.lookup().findStatic(Scope.class, "stopIfInterrupted", NO_ARGUMENTS);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("Scope.stopIfInterrupted", impossible);
        }
    }
}
