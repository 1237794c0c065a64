package io.dagshell.engine.cache;

import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.TaskName;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Which tasks a run computes anew, keeping the new results.
 *
 * @param everything all of them
 * @param tasks these; of a flow, all in it
 * @param downstream also those that get what these return, from call to call and through subflows
 */
public record Refresh(boolean everything, SortedSet<TaskName> tasks, boolean downstream) {
    public Refresh {
        tasks = Collections.unmodifiableSortedSet(new TreeSet<>(tasks));
        if (downstream && tasks.isEmpty()) {
            throw new IllegalArgumentException("downstream of which task? Write --refresh TASK --downstream");
        }
    }

    /** Nothing is forced. */
    public static Refresh none() {
        return new Refresh(false, Collections.emptySortedSet(), false);
    }

    /** Every task. */
    public static Refresh all() {
        return new Refresh(true, Collections.emptySortedSet(), false);
    }

    /** What {@code --refresh} and {@code --downstream} say; names are separated by commas. */
    public static Refresh of(String names, boolean downstream) {
        SortedSet<TaskName> tasks = new TreeSet<>();
        for (String name : names.split(",")) {
            tasks.add(new TaskName(name.strip()));
        }
        return new Refresh(false, tasks, downstream);
    }

    public boolean isNone() {
        return !everything && tasks.isEmpty();
    }

    /**
     * {@code cache}, asked so.
     *
     * @param graphs of all flows; asked at each call, since a notebook's grow as its cells run
     */
    public ResultCache over(ResultCache cache, Supplier<Map<TaskName, FlowGraph>> graphs) {
        if (isNone()) {
            return cache;
        }
        return (question, cancelled) -> {
            boolean anew = question.refresh() || chosen(question.task().name(), graphs);
            return cache.consult(anew ? question.anew() : question, cancelled);
        };
    }

    /** {@code results}, of which those of the chosen tasks are not used. */
    public RunResults over(RunResults results, Supplier<Map<TaskName, FlowGraph>> graphs) {
        return isNone()
                ? results
                : (run, resumes) -> new Anew(results.begin(run, resumes), task -> chosen(task, graphs));
    }

    /** What is kept, but for what is to be computed again. */
    private record Anew(RunResults.Kept kept, Predicate<TaskName> chosen) implements RunResults.Kept {
        @Override
        public RunResults.Asked ask(CallPath path, ResultCache.Question question) {
            return chosen.test(question.task().name()) ? kept.anew(path, question) : kept.ask(path, question);
        }

        @Override
        public Optional<String> cachedKey(CallPath path) {
            return chosen.test(path.name()) ? Optional.empty() : kept.cachedKey(path);
        }

        @Override
        public void cached(CallPath path, String key) {
            kept.cached(path, key);
        }

        @Override
        public void repeats() {
            kept.repeats();
        }

        @Override
        public int finished() {
            return kept.finished();
        }

        @Override
        public void waits() {
            kept.waits();
        }

        @Override
        public void end(boolean completed) {
            kept.end(completed);
        }
    }

    private boolean chosen(TaskName task, Supplier<Map<TaskName, FlowGraph>> graphs) {
        return everything || tasks.contains(task) || reached(graphs.get()).contains(task);
    }

    /** The chosen ones, what is in a chosen flow, and what is downstream; grows until nothing new is found. */
    private Set<TaskName> reached(Map<TaskName, FlowGraph> graphs) {
        Set<TaskName> reached = new TreeSet<>(tasks);
        Set<TaskName> whole = new TreeSet<>(tasks);
        boolean grew = true;
        while (grew) {
            grew = false;
            for (Map.Entry<TaskName, FlowGraph> flow : graphs.entrySet()) {
                grew |= grow(flow.getKey(), flow.getValue(), reached, whole);
            }
        }
        return reached;
    }

    /** A flow with a reached call in it is reached as a caller; one that is given a reached value is reached as a whole. */
    private boolean grow(TaskName name, FlowGraph graph, Set<TaskName> reached, Set<TaskName> whole) {
        boolean grew = false;
        for (FlowGraph.Node node : graph.nodes()) {
            boolean fed = downstream
                    && graph.edges().stream()
                            .filter(edge -> edge.to().equals(node.id()))
                            .anyMatch(edge -> graph.nodes().stream()
                                    .anyMatch(from -> from.id().equals(edge.from()) && reached.contains(from.task())));
            if (fed || whole.contains(name)) {
                grew |= reached.add(node.task());
                grew |= node.kind() == Kind.FLOW && whole.add(node.task());
            }
            grew |= downstream && reached.contains(node.task()) && reached.add(name);
        }
        return grew;
    }
}
