package io.dagshell.magics.closure;

import io.dagshell.magics.source.CellPlace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The declarations that are live after cells ran, the last of each name. Immutable. */
public record LiveCells(List<Declared> declarations) {
    public LiveCells {
        declarations = List.copyOf(declarations);
    }

    public static LiveCells none() {
        return new LiveCells(List.of());
    }

    /** These declarations and then those of another cell. A task replaces every method of its name. */
    public LiveCells with(List<Declared> cell) {
        Map<String, Declared> live = new LinkedHashMap<>();
        for (Declared each : declarations) {
            live.put(each.identity(), each);
        }
        for (Declared each : cell) {
            if (each.headed().isPresent()) {
                live.values()
                        .removeIf(other -> other.member().method().isPresent()
                                && !other.identity().equals(each.identity())
                                && other.member().name().equals(each.member().name()));
            }
            live.values().removeIf(each::takesNameFrom);
            Declared before = live.remove(each.identity());
            live.put(each.identity(), before == null ? each : each.after(before));
        }
        return new LiveCells(new ArrayList<>(live.values()));
    }

    /**
     * Looks at the declarations of a cell that comes next.
     *
     * @throws io.dagshell.kernel.session.CellProblem a method has the name of a task or flow and other parameters
     */
    public void refuseOverloads(List<Declared> cell) {
        for (Declared each : cell) {
            boolean helper = each.member().method().isPresent() && each.headed().isEmpty();
            declarations.stream()
                    .filter(other -> helper && other.headed().isPresent() && other.cell() != each.cell())
                    .filter(other -> other.member().name().equals(each.member().name())
                            && !other.identity().equals(each.identity()))
                    .findFirst()
                    .ifPresent(task -> {
                        throw CellPlace.of(each.cellText(), each.member().start())
                                .problem("'" + task.member().name() + "' is a "
                                        + task.headed()
                                                .orElseThrow()
                                                .header()
                                                .kind()
                                                .word() + " of cell "
                                        + task.cell() + " and has no overloads: choose another name");
                    });
        }
    }

    /** These without constants that are not live after all; what was live {@code before} is again. */
    public LiveCells settled(LiveCells before, Predicate<Declared> isLive) {
        List<Declared> kept = new ArrayList<>();
        for (Declared each : declarations) {
            if (!each.isConstant() || isLive.test(each)) {
                kept.add(each);
            } else {
                before.declarations().stream()
                        .filter(old -> old.identity().equals(each.identity()))
                        .forEach(kept::add);
            }
        }
        return new LiveCells(kept);
    }
}
