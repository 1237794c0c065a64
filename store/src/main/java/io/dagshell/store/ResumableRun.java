package io.dagshell.store;

import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import java.util.List;
import java.util.Optional;

/** Finds the run that a person wants to resume. Stateless. */
public final class ResumableRun {
    private ResumableRun() {}

    /**
     * The run whose id begins with {@code prefix}.
     *
     * @param flow the flow that is at hand, if only one is
     * @throws NotResumableException in words
     */
    public static RunRecord find(RunHistory history, String prefix, Optional<TaskName> flow) {
        RunRecord run = only(history, prefix);
        if (run.kind() != Kind.FLOW) {
            throw new NotResumableException(
                    "Run " + run.id() + " is one task; call it again. Only runs of flows are resumed.");
        }
        if (flow.isPresent() && !flow.get().equals(run.flow())) {
            throw new NotResumableException(
                    "Run " + run.id() + " is one of flow " + run.flow() + ", not of " + flow.get() + ".");
        }
        if (!run.state().isTerminal()) {
            throw new NotResumableException(
                    "Run " + run.id() + " is " + run.state().word() + " still.");
        }
        if (run.state() == State.COMPLETED) {
            throw new NotResumableException("Run " + run.id() + " is Completed; there is nothing to resume.");
        }
        history.resumedBy(run.id()).ifPresent(later -> {
            throw resumed(run, later);
        });
        return run;
    }

    /** Only the latest knows all that was done. */
    private static NotResumableException resumed(RunRecord run, RunRecord later) {
        String said = "Run " + run.id() + " was resumed by " + later.id() + ", which is "
                + later.state().word();
        boolean over = later.state().isTerminal() && later.state() != State.COMPLETED;
        return new NotResumableException(over ? said + ": resume that one." : said + ".");
    }

    private static RunRecord only(RunHistory history, String prefix) {
        List<RunRecord> found = prefix.isBlank() ? List.of() : history.startingWith(prefix.strip(), 2);
        if (found.isEmpty()) {
            throw new NotResumableException("There is no run " + prefix + ": dagshell runs ls lists those there are.");
        }
        if (found.size() > 1) {
            throw new NotResumableException("More than one run begins with " + prefix + ": write more of its id.");
        }
        return found.get(0);
    }
}
