package io.dagshell.server.web;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.store.TaskRunRecord;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The calls of a run, some at a time.
 *
 * @param next address of those that follow
 * @param first address of the first, from further on
 */
public record TaskTable(
        List<TaskRow> rows, List<Chip> chips, int total, Wanted wanted, Optional<String> next, Optional<String> first) {
    private static final int ROWS = 100;

    public TaskTable {
        rows = List.copyOf(rows);
        chips = List.copyOf(chips);
    }

    /** A state with the number of its calls. */
    public record Chip(State state, int count, boolean chosen, String address) {}

    /**
     * Which calls: the query of the address.
     *
     * @param state its slug, or empty
     * @param task its name, or empty
     * @param from the ordinal to begin with
     */
    public record Wanted(String state, String task, int from) {
        static Wanted of(Context request) {
            return new Wanted(
                    text(request, "state"),
                    text(request, "task"),
                    Optional.ofNullable(request.queryParam("from"))
                            .filter(from -> from.matches("\\d{1,9}"))
                            .map(Integer::valueOf)
                            .orElse(0));
        }

        private static String text(Context request, String name) {
            return Optional.ofNullable(request.queryParam(name)).orElse("");
        }

        boolean takes(TaskRunRecord call) {
            return (state.isEmpty() || state.equals(Shown.slug(call.status().state()))) && takesInAnyState(call);
        }

        boolean takesInAnyState(TaskRunRecord call) {
            return task.isEmpty() || call.call().task().value().equals(task);
        }

        Wanted withState(String other) {
            return new Wanted(other, task, 0);
        }

        Wanted withFrom(int ordinal) {
            return new Wanted(state, task, ordinal);
        }

        String query() {
            List<String> parts = new ArrayList<>();
            if (!state.isEmpty()) {
                parts.add("state=" + Shown.encoded(state));
            }
            if (!task.isEmpty()) {
                parts.add("task=" + Shown.encoded(task));
            }
            if (from > 0) {
                parts.add("from=" + from);
            }
            return parts.isEmpty() ? "" : "?" + String.join("&", parts);
        }
    }

    static TaskTable of(RunId run, Calls calls, Wanted wanted) {
        String base = "/runs/" + run;
        List<TaskRunRecord> known =
                calls.inner().stream().filter(wanted::takesInAnyState).toList();
        List<TaskRunRecord> found = known.stream()
                .filter(wanted::takes)
                .filter(call -> call.call().ordinal() >= wanted.from())
                .limit(ROWS + 1L)
                .toList();
        List<TaskRow> rows = found.stream()
                .limit(ROWS)
                .map(call -> new TaskRow(
                        call, calls.depth(call), base + "/tasks/" + call.call().ordinal()))
                .toList();
        Optional<String> next = found.size() > ROWS
                ? Optional.of(
                        base + wanted.withFrom(found.get(ROWS).call().ordinal()).query() + "#tasks")
                : Optional.empty();
        Optional<String> first =
                wanted.from() > 0 ? Optional.of(base + wanted.withFrom(0).query() + "#tasks") : Optional.empty();
        return new TaskTable(rows, chips(base, known, wanted), known.size(), wanted, next, first);
    }

    private static List<Chip> chips(String base, List<TaskRunRecord> known, Wanted wanted) {
        Map<State, Integer> counts = new EnumMap<>(State.class);
        known.forEach(call -> counts.merge(call.status().state(), 1, Integer::sum));
        List<Chip> chips = new ArrayList<>();
        counts.forEach((state, count) -> {
            String slug = Shown.slug(state);
            boolean chosen = slug.equals(wanted.state());
            chips.add(new Chip(
                    state,
                    count,
                    chosen,
                    base + wanted.withState(chosen ? "" : slug).query() + "#tasks"));
        });
        return chips;
    }

    /** The run's page with all calls. */
    public String everything(RunId run) {
        return "/runs/" + run + "#tasks";
    }
}
