package io.dagshell.engine.run;

import static io.dagshell.engine.run.Cells.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.Dag;
import io.dagshell.engine.event.RunEvent.ResultDescribed;
import io.dagshell.engine.event.RunEvent.RunFinished;
import io.dagshell.engine.event.RunEvent.RunStarted;
import io.dagshell.engine.event.RunEvent.TaskFailed;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallTest {
    private final EventLog events = new EventLog();
    private final Cells cells =
            new Cells().task("fetch").task("clean").task("load").flow("ingest").flow("parent");
    private final Engine engine = Engine.builder()
            .definitions(cells)
            .sink(events)
            .clock(new TickingClock())
            .build();

    @Test
    void a_task_called_directly_is_a_run_of_its_own() throws Exception {
        int value = engine.within(() -> call("fetch", () -> 41 + 1, 7));

        assertThat(value).isEqualTo(42);
        RunStarted started = events.one(RunStarted.class);
        assertThat(started.flow().value()).isEqualTo("fetch");
        assertThat(started.kind()).isEqualTo(Kind.TASK);
        assertThat(started.parametersJson()).isEqualTo("{\"input\":7}");
        assertThat(events.paths()).containsExactly("fetch/1");
        assertThat(events.states("fetch/1")).containsExactly(State.PENDING, State.RUNNING, State.COMPLETED);
        assertThat(events.one(RunFinished.class).state()).isEqualTo(State.COMPLETED);
        assertThat(events.one(ResultDescribed.class).summary()).isEqualTo("42");
        assertThat(events.all().get(0)).isSameAs(started);
        assertThat(events.all().get(events.all().size() - 1)).isInstanceOf(RunFinished.class);
    }

    @Test
    void a_flow_and_its_subflows_are_one_run_with_a_path_for_each_call() throws Exception {
        engine.within(() -> call("parent", () -> {
            call("ingest", () -> {
                call("fetch", () -> 1);
                return call("fetch", () -> 2);
            });
            return call("ingest", () -> call("load", () -> 3));
        }));

        assertThat(events.of(RunStarted.class)).hasSize(1);
        assertThat(events.paths())
                .containsExactly(
                        "parent/1",
                        "parent/1.ingest/1",
                        "parent/1.ingest/1.fetch/1",
                        "parent/1.ingest/1.fetch/2",
                        "parent/1.ingest/2",
                        "parent/1.ingest/2.load/1");
        assertThat(events.created("parent/1.ingest/2.load/1").parent()).hasValue(4);
        assertThat(events.created("parent/1.ingest/1").kind()).isEqualTo(Kind.FLOW);
    }

    @Test
    void a_users_exception_arrives_as_the_same_instance_and_is_told_once() throws Exception {
        IOException broken = new IOException("the disk is on fire");

        assertThatThrownBy(() -> engine.within(() -> call(
                        "ingest",
                        () -> call("fetch", () -> {
                            throw broken;
                        }))))
                .isSameAs(broken);

        TaskFailed failed = events.one(TaskFailed.class);
        assertThat(failed.ordinal()).isEqualTo(1);
        assertThat(failed.exception()).isEqualTo("java.io.IOException");
        assertThat(events.states("ingest/1")).endsWith(State.FAILED);
        RunFinished finished = events.one(RunFinished.class);
        assertThat(finished.state()).isEqualTo(State.FAILED);
        assertThat(finished.message()).hasValue("IOException: the disk is on fire");
    }

    @Test
    void a_flow_that_catches_a_tasks_failure_goes_on() throws Exception {
        String value = engine.within(() -> call("ingest", () -> {
            try {
                return call("fetch", () -> {
                    throw new IOException("gone");
                });
            } catch (Exception gone) {
                return "without";
            }
        }));

        assertThat(value).isEqualTo("without");
        assertThat(events.states("ingest/1")).endsWith(State.COMPLETED);
        assertThat(events.states("ingest/1.fetch/1")).endsWith(State.FAILED);
    }

    @Test
    void edges_follow_values_also_one_level_inside_a_collection() throws Exception {
        engine.within(() -> call("ingest", () -> {
            List<String> raw = call("fetch", () -> new ArrayList<>(List.of("a")));
            List<String> other = call("fetch", () -> new ArrayList<>(List.of("b")));
            List<String> clean = call("clean", () -> new ArrayList<>(raw), raw);
            return call("load", () -> 1, List.of(clean, other));
        }));

        assertThat(events.created("ingest/1.fetch/2").upstream()).isEmpty();
        assertThat(events.created("ingest/1.clean/1").upstream()).containsExactly(1);
        assertThat(events.created("ingest/1.load/1").upstream()).containsExactly(2, 3);
    }

    @Test
    void a_task_that_calls_a_task_is_refused_with_what_to_write_instead() {
        assertThatThrownBy(() -> engine.within(() -> call("clean", () -> call("fetch", () -> 1))))
                .isInstanceOf(RefusedCallException.class)
                .hasMessageContaining("task clean calls fetch")
                .hasMessageContaining("call fetch in the flow");
        assertThat(events.paths()).containsExactly("clean/1");
    }

    @Test
    void flows_nest_only_so_deep() {
        assertThatThrownBy(() -> engine.within(() -> nest(1_000)))
                .isInstanceOf(RefusedCallException.class)
                .hasMessageContaining("more than 64 flows deep");
        assertThat(events.paths()).hasSize(64);
    }

    private static int nest(int depth) {
        return call("ingest", () -> depth == 0 ? 0 : nest(depth - 1));
    }

    @Test
    void a_void_task_returns_nothing_and_describes_nothing() throws Exception {
        engine.within(() -> {
            Dag.callVoid(java.lang.invoke.MethodHandles.lookup(), "load", () -> {}, new Object[0]);
            return 0;
        });

        assertThat(events.of(ResultDescribed.class)).isEmpty();
        assertThat(events.states("load/1")).endsWith(State.COMPLETED);
    }

    @Test
    void code_in_a_cell_has_a_call_of_its_own() throws Exception {
        engine.within(() -> {
            Call cell = Engine.current();
            assertThat(cell.path().value()).isEmpty();
            assertThat(cell.run()).isEqualTo(Engine.current().run());
            assertThat(cell.nextEffect()).isEqualTo(1);
            assertThat(cell.nextEffect()).isEqualTo(2);
            return 0;
        });
    }

    @Test
    void code_in_a_task_sees_its_own_call() throws Exception {
        engine.within(() -> call(
                "ingest",
                () -> call("load", () -> {
                    Call call = Engine.current();
                    assertThat(call.path().value()).isEqualTo("ingest/1.load/1");
                    assertThat(call.run())
                            .isEqualTo(events.one(RunStarted.class).run());
                    assertThat(call.scheduledTime()).isEqualTo(TickingClock.START);
                    return 0;
                })));
    }

    @Test
    void a_thread_without_an_engine_is_told_so() {
        assertThatThrownBy(() -> call("fetch", () -> 1))
                .isInstanceOf(NoEngineException.class)
                .hasMessageContaining("call tasks from a cell or a flow");
    }

    @Test
    void a_thread_that_outlives_its_flow_cannot_call_for_it() throws Exception {
        var gate = new java.util.concurrent.CountDownLatch(1);
        var outcome = new java.util.concurrent.CompletableFuture<Object>();
        engine.within(() -> call("ingest", () -> {
            new Thread(() -> {
                        try {
                            gate.await();
                            outcome.complete(call("fetch", () -> 1));
                        } catch (Throwable failure) {
                            outcome.complete(failure);
                        }
                    })
                    .start();
            return 0;
        }));
        gate.countDown();

        assertThat(outcome.get()).isInstanceOf(NoEngineException.class);
    }
}
