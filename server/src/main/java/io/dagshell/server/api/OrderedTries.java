package io.dagshell.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.State;
import io.dagshell.store.RunDetail;
import io.dagshell.store.RunStore;
import io.dagshell.store.TaskRunRecord;
import io.dagshell.store.orchestration.AskedApproval;
import io.dagshell.store.orchestration.FlowRun;
import io.dagshell.store.orchestration.Orchestration;
import io.dagshell.store.orchestration.Retrying;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the process of a run is told of its attempts, of earlier processes of the same run, and of answers. */
final class OrderedTries {
    private final Orchestration state;
    private final RunStore runs;

    OrderedTries(Orchestration state, RunStore runs) {
        this.state = state;
        this.runs = runs;
    }

    void fill(ObjectNode order, FlowRun run) {
        Retrying retrying = state.runs().retrying(run);
        int left = Math.max(0, retrying.rule().retries() - run.tries().retried());
        order.put("start", run.tries().starts() + 1);
        run.tries().from().ifPresent(task -> order.put("from", task.value()));
        ObjectNode tries = order.putObject("tries");
        tries.put("attempt", run.tries().retried() + 1).put("left", left);
        retrying.when().forEach(tries.putArray("when")::add);
        if (run.tries().starts() > 0) {
            order.put("place", runs.receive(run.id(), 0, List.of()));
            runs.run(run.id()).ifPresent(told -> told(tries, told));
        }
        answers(order, run);
    }

    private static void told(ObjectNode tries, RunDetail told) {
        Map<String, TaskRunRecord> latest = new LinkedHashMap<>();
        int next = 0;
        for (TaskRunRecord task : told.tasks()) {
            next = Math.max(next, task.call().ordinal() + 1);
            State state = task.status().state();
            if (!state.isTerminal() || state == State.COMPLETED || state == State.CACHED) {
                latest.put(task.call().path().value(), task);
            }
        }
        tries.put("nextOrdinal", next);
        ArrayNode calls = tries.putArray("calls");
        latest.values()
                .forEach(task -> calls.addObject()
                        .put("path", task.call().path().value())
                        .put("ordinal", task.call().ordinal())
                        .put(
                                "finished",
                                task.status().state().isTerminal()
                                        && task.call().kind() == Kind.TASK));
    }

    private void answers(ObjectNode order, FlowRun run) {
        List<AskedApproval> given = state.approvals().answers(run);
        if (given.isEmpty()) {
            return;
        }
        ArrayNode answers = order.putArray("answers");
        for (AskedApproval each : given) {
            ObjectNode answer = answers.addObject();
            answer.put("place", each.place().value()).put("question", each.question());
            answer.put("approved", each.state() == AskedApproval.State.APPROVED);
            answer.set("values", ApiJson.json(each.answer().orElse("{}")));
            answer.put("by", each.by().orElse("")).put("reason", each.reason().orElse(""));
        }
    }
}
