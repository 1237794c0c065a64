package io.dagshell.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.event.RunEvent.KeyRecorded;
import io.dagshell.engine.event.RunEvent.LogLine;
import io.dagshell.engine.event.RunEvent.RunFinished;
import io.dagshell.engine.event.RunEvent.RunStarted;
import io.dagshell.engine.event.RunEvent.TaskFailed;
import io.dagshell.engine.event.RunEvent.TaskStateChanged;
import io.dagshell.engine.event.RunSink;
import io.dagshell.engine.model.KeyPart;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of runs keeps: events in, records out. */
abstract class RunHistoryContract {

    RunStore store;

    /** A store without runs. */
    abstract RunStore open();

    @BeforeEach
    void begin() {
        store = open();
    }

    @AfterEach
    void end() {
        store.close();
    }

    private RunSink sink() {
        return store;
    }

    /** Reads what {@link #sink} was given. */
    private RunHistory history() {
        return store;
    }

    private void tell(List<RunEvent> events) {
        events.forEach(sink()::accept);
        sink().flush();
    }

    @Test
    void a_run_is_kept_with_its_calls_in_every_detail() {
        RecordedRun told = RecordedRun.startedAt(RecordedRun.START);
        tell(told.all());

        RunDetail detail = history().run(told.id).orElseThrow();
        RunRecord run = detail.run();
        assertThat(run.title()).isEqualTo("Ingest ü");
        assertThat(run.startedAt()).isEqualTo(RecordedRun.START);
        assertThat(run.finishedAt()).contains(told.at(90));
        assertThat(run.state()).isEqualTo(State.FAILED);
        assertThat(run.message()).contains("IOException: 404");
        assertThat(run.parametersJson()).isEqualTo("{\"year\":2021}");
        assertThat(run.source()).isEqualTo("etl.ipynb[7]");

        TaskRunRecord fetch = detail.tasks().get(1);
        assertThat(fetch.status().state()).isEqualTo(State.CACHED);
        assertThat(fetch.summary()).contains("100,000 rows × 18 columns");
        assertThat(fetch.cache().orElseThrow().saved()).contains(Duration.ofMillis(2_400));

        TaskRunRecord load = detail.tasks().get(2);
        assertThat(load.call().parent()).isEqualTo(OptionalInt.of(0));
        assertThat(load.call().upstream()).containsExactly(1);
        assertThat(load.call().path().value()).isEqualTo("ingest/1.load/1");
        assertThat(load.status().attempt()).isEqualTo(2);
        assertThat(load.status().startedAt()).contains(told.at(20));
        assertThat(load.progress().orElseThrow())
                .isEqualTo(new TaskRunRecord.Progress(50_000, OptionalLong.of(98_029), "rows"));
        assertThat(load.failure().orElseThrow().kind()).isEqualTo(FailureKind.RESOURCE);
        assertThat(load.failure().orElseThrow().trace()).endsWith("at load (etl.ipynb[3]:2)");
        assertThat(history().logs(told.id, 2, 10).get(0).text()).isEqualTo("half 'way'; drop table runs;--");
    }

    @Test
    void a_run_that_did_not_end_is_running_with_what_happened_so_far() {
        RecordedRun told = RecordedRun.startedAt(RecordedRun.START);
        tell(told.beginning());

        RunDetail detail = history().run(told.id).orElseThrow();
        assertThat(detail.run().state()).isEqualTo(State.RUNNING);
        assertThat(detail.run().finishedAt()).isEmpty();
        assertThat(detail.tasks())
                .extracting(task -> task.status().state())
                .containsExactly(State.RUNNING, State.CACHED, State.RUNNING);
    }

    @Test
    void terminal_is_terminal_whatever_comes_later() {
        RecordedRun told = RecordedRun.startedAt(RecordedRun.START);
        tell(told.all());
        tell(List.of(
                new TaskStateChanged(told.id, told.at(99), 2, State.RUNNING, 3, Optional.empty()),
                new RunFinished(told.id, told.at(99), State.COMPLETED, Optional.empty())));

        RunDetail detail = history().run(told.id).orElseThrow();
        assertThat(detail.run().state()).isEqualTo(State.FAILED);
        assertThat(detail.run().finishedAt()).contains(told.at(90));
        assertThat(detail.tasks().get(2).status().state()).isEqualTo(State.FAILED);
        assertThat(detail.tasks().get(2).status().attempt()).isEqualTo(2);
    }

    @Test
    void an_event_told_twice_changes_nothing() {
        RecordedRun told = RecordedRun.startedAt(RecordedRun.START);
        List<RunEvent> states =
                told.all().stream().filter(event -> !(event instanceof LogLine)).toList();
        tell(states);
        RunDetail once = history().run(told.id).orElseThrow();
        tell(states);

        assertThat(history().run(told.id)).contains(once);
    }

    @Test
    void the_latest_runs_come_first_and_are_found_by_how_their_id_begins() {
        List<RecordedRun> runs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            runs.add(RecordedRun.startedAt(RecordedRun.START.plusSeconds(i)));
        }
        List<RecordedRun> mixed = new ArrayList<>(runs);
        Collections.shuffle(mixed, new Random(7));
        mixed.forEach(run -> tell(run.all()));

        assertThat(history().runs(2)).extracting(RunRecord::id).containsExactly(runs.get(4).id, runs.get(3).id);
        String id = runs.get(1).id.toString();
        assertThat(history().startingWith(id.substring(0, 23), 5))
                .extracting(RunRecord::id)
                .contains(runs.get(1).id);
        assertThat(history().startingWith(id, 5)).hasSize(1);
        assertThat(history().startingWith("%", 5)).isEmpty();
        assertThat(history().startingWith("x' or 1=1", 5)).isEmpty();
    }

    @Test
    void a_recorded_run_is_told_again_as_events_that_begin_and_end_it() {
        RecordedRun told = RecordedRun.startedAt(RecordedRun.START);
        tell(told.all());

        List<RunEvent> events = history().events(told.id);
        assertThat(events.get(0)).isInstanceOf(RunStarted.class);
        assertThat(events.get(events.size() - 1)).isEqualTo(told.finished());
        assertThat(events).filteredOn(TaskFailed.class::isInstance).hasSize(1);
        assertThat(events).filteredOn(LogLine.class::isInstance).hasSize(1);
    }

    private static KeyPart part(String kind, String name, String digest, String shown, int cell) {
        return new KeyPart(
                kind,
                name,
                digest,
                shown.isEmpty() ? Optional.empty() : Optional.of(shown),
                cell == 0 ? OptionalInt.empty() : OptionalInt.of(cell));
    }

    private static RecordedRun keyed(List<RunEvent> events, Instant start, KeyPart... parts) {
        RecordedRun told = RecordedRun.startedAt(start);
        events.addAll(told.beginning());
        events.add(new KeyRecorded(told.id, told.at(6), 1, new TaskName("fetch"), List.of(parts)));
        return told;
    }

    @Test
    void what_a_key_was_made_of_is_kept_with_the_call_and_says_what_was_new() {
        List<RunEvent> events = new ArrayList<>();
        RecordedRun first = keyed(
                events,
                RecordedRun.START,
                part("helper", "datasetUri", "aa", "", 2),
                part("argument", "month", "01", "1", 0));
        RecordedRun second = keyed(
                events,
                RecordedRun.START.plusSeconds(60),
                part("helper", "datasetUri", "bb", "", 3),
                part("argument", "month", "02", "2", 0));
        tell(events);

        KeyRecord kept = history().keys(first.id, 10).get(0);
        assertThat(kept.ordinal()).isEqualTo(1);
        assertThat(kept.parts())
                .containsExactly(part("helper", "datasetUri", "aa", "", 2), part("argument", "month", "01", "1", 0));
        KeyWords words = new KeyWords(history());
        assertThat(words.ofRun(history().run(first.id).orElseThrow().run()).get(0))
                .isEqualTo("key of fetch, call 1: the first on record");
        assertThat(words.ofRun(history().run(second.id).orElseThrow().run()))
                .containsExactly(
                        "key of fetch, call 1: helper `datasetUri` changed in cell 3, argument `month` 1 → 2 since run "
                                + first.id,
                        "  in the key: helper datasetUri (cell 3), argument month = 2");
        assertThat(words.why("fetch", Optional.of("etl.ipynb")).orElseThrow())
                .contains("in run " + second.id, "helper `datasetUri` changed in cell 3, argument `month` 1 → 2");
        assertThat(words.why("fetch", Optional.of("other.ipynb"))).isEmpty();
    }

    @Test
    void a_run_nobody_told_of_is_not_there() {
        assertThat(history().run(RecordedRun.startedAt(RecordedRun.START).id)).isEmpty();
        assertThat(history().events(RecordedRun.startedAt(RecordedRun.START).id))
                .isEmpty();
    }

    @Test
    void lines_go_on_behind_the_last_one_that_was_read() {
        RecordedRun told = RecordedRun.startedAt(RecordedRun.START);
        told.all().forEach(sink()::accept);
        for (int line = 0; line < 5; line++) {
            String level = line % 2 == 0 ? "INFO" : "ERROR";
            sink().accept(new RunEvent.LogLine(told.id, told.at(100 + line), 2, level, "line " + line, false));
        }
        List<PlacedLog> last = history().logs(LogQuery.last(told.id, 2));

        assertThat(last).extracting(placed -> placed.line().text()).containsExactly("line 3", "line 4");
        assertThat(history().logs(LogQuery.last(told.id, 9).from(last.get(0).position())))
                .extracting(placed -> placed.line().text())
                .containsExactly("line 4");
        assertThat(history().logs(LogQuery.last(told.id, 9).ofCall(2).ofLevels(Set.of("ERROR"))))
                .extracting(placed -> placed.line().text())
                .containsExactly("line 1", "line 3");
        assertThat(history().logs(LogQuery.last(told.id, 9).ofCall(1))).isEmpty();
    }

    @Test
    void tasks_are_counted_by_state_and_flows_are_not() {
        RecordedRun told = RecordedRun.startedAt(RecordedRun.START);
        told.all().forEach(sink()::accept);

        assertThat(history().taskStates(List.of(told.id)).get(told.id))
                .isEqualTo(Map.of(State.CACHED, 1, State.FAILED, 1));
        assertThat(history().taskStates(List.of())).isEmpty();
    }
}
