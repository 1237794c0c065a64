package io.dagshell.server.web;

import io.dagshell.engine.model.State;
import io.dagshell.store.RunDetail;
import io.dagshell.store.TaskRunRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls of a run, found by ordinal. Immutable. */
final class Calls {
    private final RunDetail detail;
    private final Map<Integer, TaskRunRecord> byOrdinal = new HashMap<>();
    private final Map<Integer, Integer> depths = new HashMap<>();

    Calls(RunDetail detail) {
        this.detail = detail;
        for (TaskRunRecord call : detail.tasks()) {
            int ordinal = call.call().ordinal();
            byOrdinal.put(ordinal, call);
            depths.put(
                    ordinal,
                    call.call().parent().isPresent()
                            ? depths.getOrDefault(call.call().parent().getAsInt(), 0) + 1
                            : 0);
        }
    }

    List<TaskRunRecord> all() {
        return detail.tasks();
    }

    /** All but the outermost, unless it is the only one. */
    List<TaskRunRecord> inner() {
        List<TaskRunRecord> all = detail.tasks();
        return all.size() > 1 ? all.subList(1, all.size()) : all;
    }

    Optional<TaskRunRecord> find(int ordinal) {
        return Optional.ofNullable(byOrdinal.get(ordinal));
    }

    /** How many flows it is in, the outermost not counted. */
    int depth(TaskRunRecord call) {
        return Math.max(0, depths.getOrDefault(call.call().ordinal(), 0) - 1);
    }

    /** The calls that were given this one's result. */
    List<TaskRunRecord> downstream(int ordinal) {
        return detail.tasks().stream()
                .filter(call -> call.call().upstream().contains(ordinal))
                .toList();
    }

    List<TaskRunRecord> upstream(TaskRunRecord call) {
        return call.call().upstream().stream()
                .flatMap(ordinal -> find(ordinal).stream())
                .toList();
    }

    /** Calls that failed by themselves, not because one they made did, the first to fail first. */
    List<TaskRunRecord> failed() {
        return detail.tasks().stream()
                .filter(call -> call.failure().isPresent())
                .sorted(java.util.Comparator.comparing(
                        call -> call.status().finishedAt().orElse(Instant.MAX)))
                .toList();
    }

    /** The state that tells most about several calls. */
    static State worst(State one, State other) {
        return weight(one) >= weight(other) ? one : other;
    }

    private static int weight(State state) {
        return switch (state) {
            case FAILED -> 9;
            case CRASHED -> 8;
            case AWAITING_RETRY -> 7;
            case RUNNING, PAUSED, CANCELLING -> 6;
            case CANCELLED -> 5;
            case COMPLETED -> 4;
            case CACHED -> 3;
            case PENDING, SCHEDULED, LATE -> 2;
        };
    }
}
