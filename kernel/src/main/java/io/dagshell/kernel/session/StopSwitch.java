package io.dagshell.kernel.session;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One call site shared by every stop check of a session. While nobody interrupts its target does nothing and the
 * compiler removes it; arming points it at the real checks. Guarded by itself; the checks are read without.
 */
final class StopSwitch {
    private static final MethodType NO_ARGUMENTS = MethodType.methodType(void.class);
    private static final MethodHandle NOTHING = MethodHandles.empty(NO_ARGUMENTS);

    private final List<Runnable> checks = new CopyOnWriteArrayList<>();
    private final MutableCallSite site = new MutableCallSite(NOTHING);
    private final MethodHandle check;
    private boolean interrupting;

    StopSwitch() {
        try {
            check = MethodHandles.lookup().bind(this, "check", NO_ARGUMENTS);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("StopSwitch.check", impossible);
        }
    }

    MutableCallSite site() {
        return site;
    }

    /** Somebody interrupts. */
    synchronized void arm() {
        interrupting = true;
        point();
    }

    synchronized void disarm() {
        interrupting = false;
        point();
    }

    /** An extension wants its own check to be run, until closed. */
    synchronized AutoCloseable arm(Runnable own) {
        checks.add(own);
        point();
        return () -> disarm(own);
    }

    private synchronized void disarm(Runnable own) {
        checks.remove(own);
        point();
    }

    private void point() {
        MethodHandle target = interrupting || !checks.isEmpty() ? check : NOTHING;
        if (site.getTarget() != target) {
            site.setTarget(target);
            MutableCallSite.syncAll(new MutableCallSite[] {site});
        }
    }

    private void check() {
        Scope.stopIfInterrupted();
        checks.forEach(Runnable::run);
    }
}
