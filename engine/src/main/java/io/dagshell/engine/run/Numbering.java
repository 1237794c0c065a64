package io.dagshell.engine.run;

import io.dagshell.engine.model.TaskName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Numbers the calls that one sequence of code makes, so that a call has the same number whenever the code is run again:
 * by name in program order. A parallel region ({@code map}, {@code submit}) reserves one number of every name for each
 * branch when it starts, so neither timing nor failure of a branch shifts any other call. Guarded by itself.
 */
final class Numbering {
    private final Function<TaskName, List<Integer>> prefix;
    private final Map<TaskName, Integer> direct = new HashMap<>(4);
    private int reserved;

    private Numbering(Function<TaskName, List<Integer>> prefix) {
        this.prefix = prefix;
    }

    static Numbering start() {
        return new Numbering(name -> List.of());
    }

    /** The place of the next call of that name, as {@link io.dagshell.engine.model.CallPath#child} takes it. */
    synchronized List<Integer> next(TaskName name) {
        return append(prefix.apply(name), direct.merge(name, 1, Integer::sum) + reserved);
    }

    /** A parallel region of that many branches; the function gives the numbering of branch 0, 1, …. */
    synchronized Function<Integer, Numbering> reserve(int branches) {
        Map<TaskName, Integer> before = Map.copyOf(direct);
        int base = reserved + 1;
        reserved += branches;
        return branch ->
                new Numbering(name -> append(prefix.apply(name), before.getOrDefault(name, 0) + base + branch));
    }

    private static List<Integer> append(List<Integer> places, int last) {
        return places.isEmpty()
                ? List.of(last)
                : Stream.concat(places.stream(), Stream.of(last)).toList();
    }
}
