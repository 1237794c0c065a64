package io.dagshell.engine.run;

import static io.dagshell.engine.run.Cells.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dagshell.engine.Dag;
import io.dagshell.engine.Work;
import io.dagshell.engine.approval.Approvals;
import io.dagshell.engine.approval.RejectedException;
import io.dagshell.engine.cache.CacheSettings;
import io.dagshell.engine.cache.FileRunResults;
import io.dagshell.engine.cache.Refresh;
import io.dagshell.engine.event.RunEvent.ApprovalAsked;
import io.dagshell.engine.event.RunEvent.CacheConsulted;
import io.dagshell.engine.event.RunEvent.LogLine;
import io.dagshell.engine.event.RunEvent.RunFinished;
import io.dagshell.engine.event.RunEvent.TaskCreated;
import io.dagshell.engine.event.RunEvent.TaskStateChanged;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.value.StandardCodecs;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes of one run after each other: it asks, or is tried again, and goes on where it was. */
@Timeout(60)
class ServedRunTest {
    private static final RunId RUN = RunId.create(Instant.EPOCH);

    @TempDir
    Path folder;

    private final Map<String, Approvals.Answer> answers = new HashMap<>();
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());
    private final TickingClock clock = new TickingClock();
    private EventLog events = new EventLog();
    private ServedRun served = new ServedRun(1, 2, Set.of("failed", "crashed"), Map.of(), Set.of(), 0);
    private Refresh refresh = Refresh.none();

    private static final class Site {
        static int fetch(int month) {
            return month;
        }

        static int load(int rows) {
            return rows;
        }
    }

    private record Choice(String table, int chunk) {}

    private int task(String name, Work<Integer> body, Object... arguments) {
        return Dag.call(
                MethodHandles.lookup().in(Site.class),
                name,
                () -> {
                    done.add(name);
                    return body.run();
                },
                arguments);
    }

    private <R> R process(Work<R> flow) throws Exception {
        events = new EventLog();
        Cells cells = new Cells()
                .task("fetch")
                .task("load", policy -> policy.withEffect(true))
                .flow("etl", Cells.retries(2, Duration.ofHours(1)));
        FlowGraph graph = new FlowGraph(
                List.of(
                        new FlowGraph.Node("fetch", new TaskName("fetch"), Kind.TASK, false),
                        new FlowGraph.Node("load", new TaskName("load"), Kind.TASK, false)),
                List.of(new FlowGraph.Edge("fetch", "load")));
        Approvals approvals = new Approvals() {
            @Override
            public Optional<Answer> given(Question question) {
                return Optional.ofNullable(answers.get(question.place() + " " + question.text()));
            }

            @Override
            public Optional<Answer> ask(Question question) {
                return Optional.empty();
            }
        };
        boolean first = served.nextOrdinal() == 0;
        try (Engine engine = Engine.builder()
                .definitions(cells)
                .results(refresh.over(
                        FileRunResults.open(folder, StandardCodecs.with(), CacheSettings.defaults()),
                        () -> Map.of(new TaskName("etl"), graph)))
                .approvals(approvals)
                .served(served)
                .runIds(() -> RUN)
                .clock(clock)
                .pauses(clock)
                .sink(events)
                .build()) {
            Work<R> called = () -> call("etl", flow);
            return engine.within(first ? called : () -> engine.resume(RUN, called));
        }
    }

    /** What the server would tell the next process. */
    private void next(int attempt) {
        Map<CallPath, Integer> calls = new HashMap<>(served.calls());
        Set<CallPath> finished = new HashSet<>(served.finished());
        int ordinal = served.nextOrdinal();
        for (TaskCreated created : events.of(TaskCreated.class)) {
            State last = events.of(TaskStateChanged.class).stream()
                    .filter(each -> each.ordinal() == created.ordinal())
                    .reduce((one, other) -> other)
                    .map(TaskStateChanged::state)
                    .orElse(State.PENDING);
            ordinal = Math.max(ordinal, created.ordinal() + 1);
            if (last == State.COMPLETED || !last.isTerminal()) {
                calls.put(created.path(), created.ordinal());
                if (last == State.COMPLETED && created.kind() == Kind.TASK) {
                    finished.add(created.path());
                }
            }
        }
        served = new ServedRun(attempt, 3 - attempt, Set.of("failed"), calls, finished, ordinal);
    }

    private void approve(String place, String question) {
        answers.put(place + " " + question, new Approvals.Answer.Approved("ada", values()));
    }

    private static com.fasterxml.jackson.databind.node.ObjectNode values() {
        return JsonNodeFactory.instance.objectNode();
    }

    private State end() {
        return events.one(RunFinished.class).state();
    }

    private int asking() throws Exception {
        return process(() -> {
            int rows = task("fetch", () -> 3, 3);
            Dag.approve("load " + rows + "?");
            return task("load", () -> rows, rows);
        });
    }

    @Test
    void a_question_ends_the_process_and_its_answer_lets_the_next_go_on_in_the_same_record() throws Exception {
        assertThatThrownBy(this::asking).hasMessage("waits for approval: load 3?");
        assertThat(end()).isEqualTo(State.PAUSED);
        assertThat(events.states("etl/1")).endsWith(State.RUNNING, State.PAUSED);
        ApprovalAsked asked = events.one(ApprovalAsked.class);
        assertThat(asked.place()).isEqualTo(new CallPath("etl/1.approve/1"));
        approve("etl/1.approve/1", "load 3?");
        next(1);

        assertThat(asking()).isEqualTo(3);

        assertThat(done).containsExactly("fetch", "load");
        assertThat(end()).isEqualTo(State.COMPLETED);
        assertThat(events.of(TaskCreated.class))
                .extracting(TaskCreated::ordinal)
                .containsExactly(0, 1, 2);
        assertThat(events.of(LogLine.class))
                .extracting(LogLine::text)
                .contains("goes on, with 1 finished tasks", "'load 3?' was approved by ada");
        assertThat(events.of(ApprovalAsked.class)).isEmpty();
        assertThat(events.of(CacheConsulted.class))
                .as("what was told of a finished call stays")
                .noneMatch(each -> each.ordinal() == 1);
    }

    @Test
    void a_question_that_reads_differently_is_another_one() throws Exception {
        approve("etl/1.approve/1", "load 4?");
        assertThatThrownBy(this::asking).hasMessage("waits for approval: load 3?");
    }

    @Test
    void a_rejection_fails_the_flow_with_who_and_why_and_is_not_tried_again() throws Exception {
        answers.put("etl/1.approve/1 load 3?", new Approvals.Answer.Rejected("ada", "frozen"));
        assertThatThrownBy(this::asking)
                .isInstanceOf(RejectedException.class)
                .hasMessage("'load 3?' was rejected by ada: frozen");
        assertThat(end()).isEqualTo(State.FAILED);
    }

    @Test
    void code_that_catches_exceptions_does_not_catch_a_question() throws Exception {
        assertThatThrownBy(() -> process(() -> {
                    try {
                        Dag.approve("load?");
                    } catch (Exception swallowed) {
                        return 0;
                    }
                    return 1;
                }))
                .isInstanceOf(PausedError.class);
    }

    @Test
    void branches_of_a_map_ask_all_at_once_and_what_runs_beside_them_ends_first() throws Exception {
        Work<List<Integer>> flow = () -> Dag.map(List.of(1, 2, 3), month -> {
            if (month != 2) {
                Dag.approve("load " + month + "?");
            }
            return task("load", () -> month, month);
        });
        assertThatThrownBy(() -> process(flow)).isInstanceOf(PausedError.class);
        assertThat(events.of(ApprovalAsked.class))
                .extracting(asked -> asked.place().value())
                .containsExactlyInAnyOrder("etl/1.approve/1", "etl/1.approve/3");
        assertThat(done).containsExactly("load");
        approve("etl/1.approve/1", "load 1?");
        approve("etl/1.approve/3", "load 3?");
        next(1);
        assertThat(process(flow)).containsExactly(1, 2, 3);
        assertThat(done).hasSize(3);
    }

    @Test
    void a_task_may_not_ask_and_neither_may_anybody_with_nothing_to_ask() throws Exception {
        assertThatThrownBy(() -> process(() -> task("fetch", () -> Dag.approve("really?") ? 1 : 0, 1)))
                .isInstanceOf(RefusedCallException.class)
                .hasMessageContaining("task fetch calls approve(..), but only a flow may ask");
        assertThatThrownBy(() -> process(() -> Dag.approve(" "))).hasMessageContaining("asks nothing");
        assertThatThrownBy(() -> process(() -> Dag.approve("load?", Duration.ZERO)))
                .hasMessageContaining("must be more than nothing");
    }

    @Test
    void a_record_is_asked_for_by_its_components_and_answered_as_one() throws Exception {
        Work<Choice> flow = () -> Dag.approve("where?", new Choice("trips", 100), Duration.ofMinutes(5));
        assertThatThrownBy(() -> process(flow)).isInstanceOf(PausedError.class);
        ApprovalAsked asked = events.one(ApprovalAsked.class);
        assertThat(asked.form()).contains("\"name\":\"chunk\",\"type\":\"int\",\"suggested\":\"100\"");
        assertThat(asked.until()).contains(asked.at().plusSeconds(300));
        answers.put(
                "etl/1.approve/1 where?",
                new Approvals.Answer.Approved(
                        "ada", values().put("table", "other").put("chunk", 7)));
        next(1);
        assertThat(process(flow)).isEqualTo(new Choice("other", 7));
    }

    private int failing(Exception failure) throws Exception {
        return process(() -> {
            int rows = task("fetch", () -> 3, 3);
            return task(
                    "load",
                    () -> {
                        if (Engine.current().effectRun().equals(RUN) && done.size() < 3) {
                            throw failure;
                        }
                        return rows;
                    },
                    rows);
        });
    }

    @Test
    void a_failed_flow_ends_its_process_and_is_not_waited_for_in_it() throws Exception {
        assertThatThrownBy(() -> failing(new IOException("down"))).hasMessage("down");
        assertThat(end()).isEqualTo(State.AWAITING_RETRY);
        assertThat(clock.pauses()).isEmpty();
        next(2);

        assertThat(failing(new IOException("down"))).isEqualTo(3);

        assertThat(done).containsExactly("fetch", "load", "load");
        assertThat(events.of(TaskStateChanged.class))
                .filteredOn(each -> each.ordinal() == 0)
                .allSatisfy(each -> assertThat(each.attempt()).isEqualTo(2));
        assertThat(events.created("etl/1.load/1").ordinal())
                .as("another call than the failed one")
                .isEqualTo(3);
        assertThat(events.created("etl/1.fetch/1").ordinal()).isEqualTo(1);
    }

    @Test
    void a_failure_that_comes_again_or_comes_last_ends_the_run() throws Exception {
        assertThatThrownBy(() -> failing(new FileNotFoundException("x"))).hasMessage("x");
        assertThat(end()).isEqualTo(State.FAILED);
        done.clear();
        served = new ServedRun(3, 0, Set.of("failed"), Map.of(), Set.of(), 0);
        assertThatThrownBy(() -> failing(new IOException("down"))).hasMessage("down");
        assertThat(end()).isEqualTo(State.FAILED);
    }

    @Test
    void kinds_of_failures_are_tried_again_as_the_deployment_says() throws Exception {
        served = new ServedRun(1, 1, Set.of("user"), Map.of(), Set.of(), 0);
        assertThatThrownBy(() -> failing(new FileNotFoundException("x"))).hasMessage("x");
        assertThat(end()).isEqualTo(State.AWAITING_RETRY);
        done.clear();
        assertThatThrownBy(() -> failing(new IOException("down"))).hasMessage("down");
        assertThat(end()).isEqualTo(State.FAILED);
        assertThat(events.of(LogLine.class))
                .extracting(LogLine::text)
                .contains("not tried again: its kind is resource, and retry_when names other ends");
    }

    @Test
    void a_finished_task_whose_result_is_gone_runs_again_as_another_call() throws Exception {
        assertThatThrownBy(this::asking).isInstanceOf(PausedError.class);
        approve("etl/1.approve/1", "load 3?");
        next(1);
        folder = folder.resolve("elsewhere");
        assertThat(asking()).isEqualTo(3);
        assertThat(done).containsExactly("fetch", "fetch", "load");
        assertThat(events.of(TaskCreated.class))
                .filteredOn(each -> each.task().value().equals("fetch"))
                .extracting(TaskCreated::ordinal)
                .containsExactly(1, 2);
    }

    @Test
    void what_a_run_has_computed_anew_is_not_computed_anew_at_its_next_attempt() throws Exception {
        assertThatThrownBy(() -> failing(new IOException("down"))).hasMessage("down");
        next(2);
        refresh = Refresh.of("fetch", true);
        done.add("so that load works");
        assertThat(failing(new IOException("down"))).isEqualTo(3);
        assertThat(done).containsExactly("fetch", "load", "so that load works", "load");
    }
}
