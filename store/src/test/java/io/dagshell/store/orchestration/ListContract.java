package io.dagshell.store.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.event.RunEvent.KeyRecorded;
import io.dagshell.engine.event.RunEvent.LogLine;
import io.dagshell.engine.event.RunEvent.RunFinished;
import io.dagshell.engine.event.RunEvent.RunStarted;
import io.dagshell.engine.event.RunEvent.TaskCreated;
import io.dagshell.engine.event.RunEvent.TaskStateChanged;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.KeyPart;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import io.dagshell.store.RunStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Lists, bars and retention of runs, planned or not, on every database. */
abstract class ListContract extends OrchestrationFixture {
    private static final TaskName FLOW = new TaskName("etlParent");

    private RunId told(RunStore store, RunId id, Instant start, String origin, Optional<State> end) {
        CallPath path = CallPath.root().child(FLOW, 1);
        store.accept(new RunStarted(id, start, FLOW, Kind.FLOW, "ETL", "{\"year\":2021}", origin, ""));
        store.accept(new TaskCreated(id, start, 0, FLOW, Kind.FLOW, path, OptionalInt.empty(), List.of()));
        store.accept(new TaskStateChanged(id, start, 0, State.RUNNING, 1, Optional.empty()));
        store.accept(new LogLine(id, start, 0, "STDOUT", "hello", false));
        end.ifPresent(state -> store.accept(new RunFinished(id, start.plusSeconds(1), state, Optional.empty())));
        store.flush();
        return id;
    }

    private RunId noted(RunStore store, Instant start, State end) {
        return told(store, RunId.create(start), start, "notebook", Optional.of(end));
    }

    @Test
    void planned_runs_and_runs_of_notebooks_are_in_one_list_and_none_is_twice() {
        deployed(settings());
        try (RunStore store = RunStore.open(database)) {
            RunId notebook = noted(store, START.minusSeconds(5), State.COMPLETED);
            RunId planned = ordered().id();
            claimed("a", 1);
            told(store, planned, START.plusSeconds(3), "deployed", Optional.empty());

            RunPage page = state.list().page(RunQuery.latest(10));
            assertThat(page.runs()).extracting(ListedRun::id).containsExactly(planned, notebook);
            assertThat(page.next()).isEmpty();
            assertThat(page.runs().get(0).deployment()).contains(ETL);
            assertThat(page.runs().get(0).state()).isEqualTo(State.PENDING);
            assertThat(page.runs().get(1).madeBy()).isEqualTo("notebook");
            assertThat(page.runs()).extracting(ListedRun::title).containsExactly("ETL", "ETL");
            assertThat(page.runs()).extracting(ListedRun::origin).containsExactly("deployed", "notebook");
        }
    }

    @Test
    void pages_go_on_where_the_last_one_ended_whatever_comes_in_between() {
        deployed(settings());
        List<RunId> newestFirst = new ArrayList<>();
        try (RunStore store = RunStore.open(database)) {
            for (int i = 0; i < 20; i++) {
                clock.forward(Duration.ofSeconds(i % 3));
                newestFirst.add(0, i % 2 == 0 ? ordered().id() : noted(store, clock.instant(), State.FAILED));
            }
            List<RunId> paged = new ArrayList<>();
            Optional<RunQuery.Place> place = Optional.empty();
            do {
                RunQuery query = RunQuery.latest(7);
                RunPage page = state.list()
                        .page(place.map(each -> query.from(RunQuery.Place.parse(each.toString())))
                                .orElse(query));
                page.runs().forEach(run -> paged.add(run.id()));
                place = page.next();
                clock.forward(Duration.ofSeconds(1));
                ordered();
            } while (place.isPresent());
            assertThat(paged).containsExactlyInAnyOrderElementsOf(newestFirst);
        }
        assertThatThrownBy(() -> RunQuery.Place.parse("x")).isInstanceOf(RefusedException.class);
    }

    @Test
    void filters_are_of_state_flow_deployment_time_and_text() {
        deployed(settings());
        try (RunStore store = RunStore.open(database)) {
            RunId failed = noted(store, START.minusSeconds(60), State.FAILED);
            RunId done = noted(store, START.minusSeconds(30), State.COMPLETED);
            RunId planned = state.runs()
                    .create(NewRun.of(ETL, "{\"color\":\"GREEN\"}", START, "ada"))
                    .id();
            RunQuery all = RunQuery.latest(10);

            assertThat(ids(all.withStates(Set.of(State.FAILED, State.SCHEDULED))))
                    .containsExactly(planned, failed);
            assertThat(ids(all.withDeployment(ETL))).containsExactly(planned);
            assertThat(ids(all.withFlow(FLOW))).containsExactly(planned, done, failed);
            assertThat(ids(all.withFlow(new TaskName("other")))).isEmpty();
            assertThat(ids(all.between(START.minusSeconds(30), START))).containsExactly(done);
            assertThat(ids(all.withText("green"))).containsExactly(planned);
            assertThat(ids(all.withText(failed.toString().substring(20)))).containsExactly(failed);
            assertThat(ids(all.withText("etl"))).containsExactly(planned, done, failed);
            assertThat(ids(all.withText("NOTEBOOK"))).containsExactly(done, failed);
            assertThat(ids(all.withText("100%"))).isEmpty();
        }
    }

    private List<RunId> ids(RunQuery query) {
        return state.list().page(query).runs().stream().map(ListedRun::id).toList();
    }

    @Test
    void bars_count_runs_by_stretch_of_time_and_state() {
        deployed(settings());
        try (RunStore store = RunStore.open(database)) {
            noted(store, START.plusSeconds(10), State.FAILED);
            noted(store, START.plusSeconds(70), State.FAILED);
            noted(store, START.plusSeconds(80), State.COMPLETED);
            clock.forward(Duration.ofSeconds(75));
            ordered();
            state.runs().requestCancel(ordered().id(), "x");
            noted(store, START.plusSeconds(180), State.FAILED);
        }
        assertThat(state.list().earliest()).contains(START.plusSeconds(10));
        assertThat(state.list().flows()).containsExactly(FLOW);
        Duration minute = Duration.ofMinutes(1);
        Instant end = START.plusSeconds(180);
        assertThat(state.list().bars(RunQuery.latest(1), START, end, minute))
                .containsExactlyInAnyOrder(
                        new RunBar(START, State.FAILED, 1),
                        new RunBar(START.plusSeconds(60), State.FAILED, 1),
                        new RunBar(START.plusSeconds(60), State.COMPLETED, 1),
                        new RunBar(START.plusSeconds(60), State.SCHEDULED, 1),
                        new RunBar(START.plusSeconds(60), State.CANCELLED, 1));
        assertThat(state.list().bars(RunQuery.latest(1).withDeployment(ETL), START, end, minute))
                .hasSize(2);
        assertThat(state.list().bars(RunQuery.latest(1).withText("notebook"), START, end, minute))
                .containsExactly(
                        new RunBar(START, State.FAILED, 1),
                        new RunBar(START.plusSeconds(60), State.COMPLETED, 1),
                        new RunBar(START.plusSeconds(60), State.FAILED, 1));
    }

    @Test
    void what_its_process_told_of_a_run_ends_with_it_when_the_agent_is_gone() {
        deployed(settings());
        try (RunStore store = RunStore.open(database)) {
            RunId planned = ordered().id();
            claimed("a", 1);
            state.runs().begin(planned, "a");
            told(store, planned, START, "deployed", Optional.empty());
            clock.forward(LEASE.plusSeconds(1));
            // Looking at the history must not take the server, which wrote the events, for the run's process.
            assertThat(store.run(planned).orElseThrow().run().state()).isEqualTo(State.RUNNING);
            state.expire(clock.instant());

            assertThat(store.run(planned).orElseThrow().run().state()).isEqualTo(State.CRASHED);
            assertThat(store.run(planned).orElseThrow().tasks().get(0).status().state())
                    .isEqualTo(State.CRASHED);
        }
    }

    @Test
    void runs_that_are_long_over_are_deleted_with_all_that_is_known_of_them_and_no_others() {
        deployed(settings());
        try (RunStore store = RunStore.open(database)) {
            for (int i = 0; i < 120; i++) {
                noted(store, START.plusMillis(i), State.COMPLETED);
            }
            RunId over = ordered().id();
            RunId going = ordered().id();
            claimed("a", 2);
            told(store, over, START, "deployed", Optional.of(State.COMPLETED));
            told(store, going, START, "deployed", Optional.of(State.COMPLETED));
            state.runs().finish(over, "a", State.COMPLETED, Optional.empty());
            RunId later = noted(store, START.plusSeconds(100), State.COMPLETED);

            assertThat(state.deleteEndedBefore(START.plusSeconds(50))).isEqualTo(121);
            assertThat(state.list().page(RunQuery.latest(100)).runs())
                    .extracting(ListedRun::id)
                    .containsExactly(later, going);
            assertThat(store.logs(over, -1, 5)).isEmpty();
            assertThat(store.run(over)).isEmpty();
            assertThat(store.logs(going, -1, 5)).hasSize(1);
            assertThat(state.deleteEndedBefore(START.plusSeconds(50))).isZero();
        }
    }

    @Test
    void what_keys_were_made_of_goes_with_the_last_run_that_had_it() {
        KeyPart shared = new KeyPart("helper", "clean", "aa", Optional.empty(), OptionalInt.of(2));
        KeyPart january = new KeyPart("argument", "month", "01", Optional.of("1"), OptionalInt.empty());
        KeyPart february = new KeyPart("argument", "month", "02", Optional.of("2"), OptionalInt.empty());
        try (RunStore store = RunStore.open(database)) {
            keyed(store, noted(store, START, State.COMPLETED), shared, january);
            RunId kept = noted(store, START.plusSeconds(100), State.COMPLETED);
            keyed(store, kept, shared, february);

            state.deleteEndedBefore(START.plusSeconds(50));

            assertThat(store.keys(kept, 5).get(0).parts()).containsExactly(shared, february);
            assertThat(shownParts()).containsExactly("2");
        }
    }

    private static void keyed(RunStore store, RunId run, KeyPart... parts) {
        store.accept(new KeyRecorded(run, START, 0, FLOW, List.of(parts)));
        store.flush();
    }

    private List<String> shownParts() {
        return new Transactions(database)
                .read(handle -> handle.createQuery("select shown from key_parts where shown is not null")
                        .mapTo(String.class)
                        .list());
    }

    @Test
    void a_mark_changes_with_what_happens_in_a_run_and_states_are_those_of_what_goes_on_or_just_ended() {
        deployed(settings());
        try (RunStore store = RunStore.open(database)) {
            RunId over = noted(store, START.minusSeconds(500), State.FAILED);
            RunId going = told(store, RunId.create(START), START, "notebook", Optional.empty());
            RunId planned = ordered().id();
            RunMark before = state.changes().marks(List.of(going)).get(0);

            assertThat(RunMark.parse(going, before.word())).contains(before);
            assertThat(state.changes().marks(List.of(going, planned, RunId.create(START))))
                    .extracting(RunMark::state)
                    .containsExactlyInAnyOrder(State.RUNNING, State.SCHEDULED);
            store.accept(new TaskStateChanged(going, START, 0, State.COMPLETED, 1, Optional.empty()));
            store.flush();
            RunMark after = state.changes().marks(List.of(going)).get(0);
            assertThat(after.tasks()).isNotEqualTo(before.tasks());
            assertThat(after.lastLog()).isEqualTo(before.lastLog());
            assertThat(state.changes().states(START, START))
                    .containsOnlyKeys(going, planned)
                    .containsEntry(planned, State.SCHEDULED);
            assertThat(state.changes().states(START.minusSeconds(600), START)).containsKey(over);
            assertThat(store.find(going)).map(run -> run.flow()).contains(FLOW);
            assertThat(store.names(going, List.of(0, 7))).containsOnly(java.util.Map.entry(0, FLOW));
        }
    }
}
