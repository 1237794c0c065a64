package io.dagshell.magics;

import io.dagshell.engine.model.CodeIdentity;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import io.dagshell.kernel.session.CellRequest;
import io.dagshell.magics.closure.Declared;
import io.dagshell.magics.closure.LiveCells;
import io.dagshell.magics.closure.Notebook;
import io.dagshell.magics.source.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which cached tasks of other cells a cell has given another key, by declaring anew what they reach. Looks only when a
 * cell declares what may matter to others, since it takes reading the notebook. Used by the session's thread.
 */
final class ChangedTasks {
    private final Map<TaskName, Set<Set<String>>> earlier = new HashMap<>();
    /** Of the cells under way; those of subshells go side by side. */
    private final Map<CellRequest, Change> underWay = new IdentityHashMap<>();
    /** Of cells that failed, in their order. */
    private final List<Change> untold = new ArrayList<>();

    /** What a cell declared, and nobody was told of yet. */
    private record Change(Notebook before, Notebook after, int by) {
        boolean changes(TaskName task) {
            return !code(task, before).equals(code(task, after));
        }
    }

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

    /** A cell is about to make these declarations, which turn the notebook into {@code after}. */
    void about(CellRequest cell, Notebook before, Notebook after, List<Declared> declared) {
        boolean matters =
                !before.tasks().isEmpty() && declared.stream().anyMatch(each -> mayMatter(each, before.cells()));
        if (matters) {
            Change earlier = underWay.get(cell);
            underWay.put(cell, new Change(earlier == null ? before : earlier.before(), after, cell.number()));
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

    /** A cell has ended otherwise; what it declared is told with the next that ends well. */
    void failed(CellRequest cell) {
        Change made = underWay.remove(cell);
        if (made != null) {
            untold.add(made);
        }
    }

    /** A cell has ended well. */
    List<Changed> settled(CellRequest cell, Notebook now) {
        List<Change> made = new ArrayList<>(untold);
        untold.clear();
        Change own = underWay.remove(cell);
        if (own != null) {
            made.add(own);
        }
        List<Changed> changed = new ArrayList<>();
        if (!made.isEmpty()) {
            for (TaskName task : now.tasks()) {
                if (now.cellOf(task) != cell.number()) {
                    changed(task, made, now).ifPresent(changed::add);
                }
            }
        }
        return changed;
    }

    private Optional<Changed> changed(TaskName task, List<Change> made, Notebook now) {
        List<Change> of = made.stream().filter(each -> each.changes(task)).toList();
        if (of.isEmpty()) {
            return Optional.empty();
        }
        Optional<Set<String>> was = code(task, of.get(0).before());
        Optional<Set<String>> is = code(task, now);
        if (was.isEmpty() || is.isEmpty() || was.equals(is)) {
            return Optional.empty();
        }
        Set<Set<String>> seen = earlier.computeIfAbsent(task, name -> new HashSet<>());
        boolean back = seen.contains(is.get());
        seen.add(was.get());
        return Optional.of(
                new Changed(task, now.cellOf(task), of.get(of.size() - 1).by(), back));
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
