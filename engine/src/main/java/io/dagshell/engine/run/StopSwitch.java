package io.dagshell.engine.run;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One call site shared by all stop checks. While nobody is to be stopped its target does nothing and the compiler removes
 * it. Guarded by itself; the checks are read without.
 */
final class StopSwitch implements StopChecks {
    private static final MethodType NO_ARGUMENTS = MethodType.methodType(void.class);
    private static final MethodHandle NOTHING = MethodHandles.empty(NO_ARGUMENTS);

    private final List<Runnable> checks = new CopyOnWriteArrayList<>();
    private final MutableCallSite site = new MutableCallSite(NOTHING);
    private final MethodHandle check;

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

    @Override
    public synchronized Armed arm(Runnable one) {
        checks.add(one);
        point(check);
        return () -> disarm(one);
    }

    private synchronized void disarm(Runnable one) {
        checks.remove(one);
        if (checks.isEmpty()) {
            point(NOTHING);
        }
    }

    private void point(MethodHandle target) {
        if (site.getTarget() != target) {
            site.setTarget(target);
            MutableCallSite.syncAll(new MutableCallSite[] {site});
        }
    }

    private void check() {
        checks.forEach(Runnable::run);
    }
}
