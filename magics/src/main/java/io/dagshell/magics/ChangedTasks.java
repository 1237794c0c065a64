package io.dagshell.magics;

import io.dagshell.engine.model.CodeIdentity;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import io.dagshell.magics.closure.Declared;
import io.dagshell.magics.closure.LiveCells;
import io.dagshell.magics.closure.Notebook;
import io.dagshell.magics.source.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which cached tasks of other cells a cell has given another key, by declaring anew what they reach. Looks only when a
 * cell declares what may matter to others, since it takes reading the notebook. Used by the session's thread.
 */
final class ChangedTasks {
    private final Map<TaskName, Set<Set<String>>> earlier = new HashMap<>();
    private @Nullable Change change;

    /** What cells declared, last {@code by}, and nobody was told of yet. */
    private record Change(Notebook before, int by) {}

    /**
     * A task whose code another cell changed.
     *
     * @param cell that declares it
     * @param by the cell that changed it, the last if several did
     * @param back whether it is now what it was before
     */
    record Changed(TaskName task, int cell, int by, boolean back) {
        String inWords() {
            return "changes task `" + task + "` (cell " + cell + "): its next run "
                    + (back ? "takes earlier results of that code again" : "misses the cache");
        }
    }

    /** A cell is about to make these declarations in the notebook as it is. */
    void about(Notebook notebook, List<Declared> declared, int cell) {
        boolean matters =
                !notebook.tasks().isEmpty() && declared.stream().anyMatch(each -> mayMatter(each, notebook.cells()));
        if (matters) {
            change = new Change(change == null ? notebook : change.before(), cell);
        }
    }

    /** A new helper reaches nobody; one in the place of another may, and so may a new import or a subtype. */
    private static boolean mayMatter(Declared declared, LiveCells live) {
        boolean replaces = live.declarations().stream()
                .anyMatch(other -> other.member().kind() == declared.member().kind()
                        && other.member().names().stream().anyMatch(declared.member()::declares)
                        && !other.sameText(declared));
        return replaces
                || declared.member().kind() == Member.Kind.IMPORT
                || declared.member().kind() == Member.Kind.TYPE;
    }

    /** A cell has ended well; what a failed one before it declared is told now too. */
    List<Changed> settled(Notebook now, int cell) {
        Change made = change;
        change = null;
        if (made == null) {
            return List.of();
        }
        List<Changed> changed = new ArrayList<>();
        for (TaskName task : now.tasks()) {
            if (now.cellOf(task) != cell) {
                changed(task, made, now).ifPresent(changed::add);
            }
        }
        return changed;
    }

    private Optional<Changed> changed(TaskName task, Change made, Notebook now) {
        Optional<Set<String>> was = code(task, made.before());
        Optional<Set<String>> is = code(task, now);
        if (was.isEmpty() || is.isEmpty() || was.equals(is)) {
            return Optional.empty();
        }
        Set<Set<String>> seen = earlier.computeIfAbsent(task, name -> new HashSet<>());
        boolean back = seen.contains(is.get());
        seen.add(was.get());
        return Optional.of(new Changed(task, now.cellOf(task), made.by(), back));
    }

    /** The code in its key; empty for a task that has none. */
    private static Optional<Set<String>> code(TaskName task, Notebook notebook) {
        return notebook.cached(task)
                .map(TaskDefinition::code)
                .filter(CodeIdentity.Known.class::isInstance)
                .map(known -> ((CodeIdentity.Known) known)
                        .parts().stream()
                                .map(part -> part.kind() + " " + part.name() + " " + part.digest())
                                .collect(Collectors.toSet()));
    }
}
