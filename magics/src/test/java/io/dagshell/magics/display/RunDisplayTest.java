package io.dagshell.magics.display;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.event.RunEvent.CacheOutcome;
import io.dagshell.engine.event.RunSink;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.view.MimeBundle;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunDisplayTest {
    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    private static final FlowGraph CHAIN = new FlowGraph(
            List.of(node("fetch"), node("clean"), node("load")),
            List.of(new FlowGraph.Edge("fetch", "clean"), new FlowGraph.Edge("clean", "load")));

    private final Screen screen = new Screen();
    private final RunDisplay display =
            new RunDisplay(flow -> Optional.of(CHAIN), () -> screen, Clock.fixed(START.plusSeconds(2), ZoneOffset.UTC));
    private final Script run = new Script(display);

    private static FlowGraph.Node node(String name) {
        return new FlowGraph.Node(name, new TaskName(name), Kind.TASK, false);
    }

    @AfterEach
    void close() {
        display.close();
    }

    @Test
    void a_finished_run_tells_every_task_in_text_and_in_html_alike() {
        run.start("Ingest flow");
        run.call(1, "fetch").hit(1, Duration.ofHours(2), Duration.ofMillis(3_400));
        run.state(1, State.CACHED, 1).result(1, "100,000 rows × 18 columns");
        run.call(2, "clean").cache(2, CacheOutcome.MISS, "helper datasetUri changed");
        run.state(2, State.RUNNING, 1).at(1_300).state(2, State.COMPLETED, 1);
        run.result(2, "98,352 rows × 18 columns");
        run.call(3, "load").cache(3, CacheOutcome.NOT_CACHED, "effect");
        run.state(3, State.RUNNING, 1)
                .at(2_000)
                .state(3, State.RUNNING, 2)
                .at(2_500)
                .state(3, State.COMPLETED, 2);
        run.result(3, "98,352").finish(State.COMPLETED);

        assertThat(screen.text()).isEqualTo("""
                ✓ Ingest flow: Completed in 2.50 s
                     task   state      attempt  time    result                     cache
                  ≡  fetch  Cached              0 ms    100,000 rows × 18 columns  hit, 2 h old, saved 3.40 s
                  ✓  clean  Completed           1.30 s  98,352 rows × 18 columns   miss: helper datasetUri changed
                  ✓  load   Completed  2        1.20 s  98,352                     not cached: effect""");
        assertThat(screen.html())
                .contains("<svg", "≡ fetch</text>", "✓ load</text>")
                .contains("hit, 2 h old, saved 3.40 s", "miss: helper datasetUri changed", "not cached: effect")
                .contains("scope=\"col\"", "<caption");
    }

    @Test
    void while_it_runs_rows_and_rows_per_second_are_seen() {
        run.start("Ingest flow").call(1, "load").state(1, State.RUNNING, 1).at(2_000);
        run.progress(1, 820_000, 1_640_000).finish(State.CANCELLED);

        assertThat(screen.text()).contains("820,000 of 1,640,000 (50 %) rows, 410,000 rows/s");
    }

    @Test
    void a_failure_shows_the_users_exception_and_line() {
        run.start("Ingest flow").call(1, "load").state(1, State.RUNNING, 1);
        run.fail(1, "org.postgresql.util.PSQLException", "connection <refused>", "etl.ipynb[7]:6");
        run.state(1, State.FAILED, 1).finish(State.FAILED);

        assertThat(screen.text())
                .startsWith("✗ Ingest flow: Failed")
                .endsWith("org.postgresql.util.PSQLException: connection <refused>\n    at etl.ipynb[7]:6");
        assertThat(screen.html())
                .contains("<b>PSQLException</b>: connection &lt;refused&gt;", "<code>etl.ipynb[7]:6</code>");
    }

    @Test
    void what_others_wrote_is_escaped_everywhere() {
        String evil = "<img src=x onerror=\"alert(1)\">&'\u202E";
        run.start(evil).call(1, "load").cache(1, CacheOutcome.MISS, evil);
        run.state(1, State.RUNNING, 1).result(1, evil);
        run.call(2, "load").state(2, State.RUNNING, 1).fail(2, evil, evil, evil).finish(State.FAILED);

        assertThat(screen.html())
                .doesNotContain("<img", "\u202E")
                .contains("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;\\u202E");
        assertThat(screen.text()).doesNotContain("\u202E").contains("\\u202E");
    }

    @Test
    void artifacts_are_a_line_while_the_run_goes_on_and_shown_at_its_end() {
        run.start("Report").call(1, "clean").state(1, State.RUNNING, 1);
        run.artifact(1, "table", "value", MimeBundle.text("3 rows").with(MimeBundle.HTML, "<table><td>1</td></table>"));
        run.artifact(1, "<b>", "markdown", MimeBundle.text("*wrong* <script>x</script>"));
        run.artifact(1, "site", "link", MimeBundle.text("https://example.org/?a=1&b=2"));
        run.artifact(1, "trap", "link", MimeBundle.text("javascript:alert(1)"));
        run.artifact(1, "plot", "image", new MimeBundle(java.util.Map.of("image/png", "iVBORw0KGgo=")));
        display.flush();

        assertThat(screen.html()).contains("<b>table</b> 3 rows").doesNotContain("<table><td>", "<img");
        run.state(1, State.COMPLETED, 1).finish(State.COMPLETED);

        assertThat(screen.html())
                .contains("<summary>table</summary><table><td>1</td></table>")
                .contains("<summary>&lt;b&gt;</summary>", "*wrong* &lt;script&gt;x&lt;/script&gt;")
                .contains("<a href=\"https://example.org/?a=1&amp;b=2\"", "src=\"data:image/png;base64,iVBORw0KGgo=\"")
                .doesNotContain("<script", "href=\"javascript");
        assertThat(screen.text()).contains("artifact table: 3 rows", "artifact trap: javascript:alert(1)");
    }

    @Test
    void many_artifacts_are_counted() {
        run.start("Report").call(1, "clean").state(1, State.RUNNING, 1);
        for (int i = 0; i < 5_000; i++) {
            run.artifact(1, "part " + i, "value", MimeBundle.text("x".repeat(1_000)));
        }
        run.finish(State.COMPLETED);

        assertThat(screen.text()).contains("and 4,988 more artifacts");
        assertThat(screen.html().length()).isLessThan(40_000);
    }

    @Test
    void thousands_of_calls_are_grouped_and_the_display_stays_small() {
        run.start("Months");
        for (int i = 1; i <= 5_000; i++) {
            run.call(i, "ingest").state(i, State.RUNNING, 1);
            run.state(i, i % 1_000 == 0 ? State.FAILED : State.COMPLETED, 1);
        }
        run.finish(State.FAILED);

        assertThat(screen.html()).hasSizeLessThan(8_000).contains("4,995 Completed, 5 Failed");
        assertThat(screen.text()).contains("ingest ×5,000");
    }

    @Test
    void subflows_are_indented_under_what_called_them() {
        run.start("Parent").call(1, "ingest", 0, Kind.FLOW).call(2, "fetch", 1, Kind.TASK);
        run.state(2, State.RUNNING, 1).finish(State.COMPLETED);

        assertThat(screen.text()).contains("ingest").contains("  fetch");
        assertThat(screen.html()).contains("2px 16px");
    }

    @Test
    void a_task_called_from_a_cell_is_one_line_without_a_picture() {
        run.startTask("clean")
                .state(0, State.RUNNING, 1)
                .at(10)
                .state(0, State.COMPLETED, 1)
                .finish(State.COMPLETED);

        assertThat(screen.html()).doesNotContain("<svg");
        assertThat(screen.text()).contains("✓ clean: Completed in 10 ms").contains("✓  clean  Completed");
    }

    @Test
    void many_events_make_few_updates_and_the_last_one_is_complete() throws Exception {
        run.start("Ingest flow").call(1, "load").state(1, State.RUNNING, 1);
        long begin = System.nanoTime();
        for (int i = 0; i < 20_000; i++) {
            run.progress(1, i, 20_000);
        }
        Thread.sleep(450);
        long took = (System.nanoTime() - begin) / 1_000_000;
        run.state(1, State.COMPLETED, 1).finish(State.COMPLETED);

        assertThat(screen.bundles.size()).isBetween(3, (int) (took / 200) + 3);
        assertThat(screen.text()).startsWith("✓ Ingest flow: Completed");
        assertThat(screen.ids).containsOnly(screen.ids.get(0));
    }

    @Test
    void nothing_is_sent_after_the_last_update() throws Exception {
        run.start("Ingest flow").call(1, "load").finish(State.COMPLETED);
        int sent = screen.bundles.size();
        run.state(1, State.RUNNING, 1);

        Thread.sleep(450);

        assertThat(screen.bundles).hasSize(sent);
    }

    @Test
    void a_cell_that_calls_a_task_in_a_loop_gets_a_line_for_the_many_and_not_a_display_each() {
        for (int i = 0; i < 2_000; i++) {
            Script each = new Script(display).startTask("clean");
            if (i == 1_500) {
                each.fail(0, "java.io.IOException", "gone", "etl.ipynb[3]:4");
            }
            each.state(0, State.COMPLETED, 1).finish(i == 1_500 ? State.FAILED : State.COMPLETED);
        }
        display.flush();

        assertThat(Set.copyOf(screen.ids)).hasSize(13);
        assertThat(screen.text()).isEqualTo("… and 1,988 more: 1,987 Completed, 1 Failed\ngone at etl.ipynb[3]:4");
    }

    @Test
    void a_recorded_run_looks_as_it_did() {
        List<RunEvent> events = new ArrayList<>();
        RunDisplay recording = new RunDisplay(flow -> Optional.empty(), () -> screen, Clock.systemUTC());
        Script told = new Script(event -> {
            recording.accept(event);
            events.add(event);
        });
        told.start("Ingest flow")
                .call(1, "load")
                .state(1, State.RUNNING, 1)
                .at(70)
                .state(1, State.COMPLETED, 1);
        told.finish(State.COMPLETED);
        recording.close();

        MimeBundle again = RunDisplay.of(events, new FlowGraph(List.of(), List.of()), Clock.systemUTC());

        assertThat(again.get(MimeBundle.TEXT)).contains(screen.text());
    }

    /** Records what is shown. */
    static final class Screen implements DisplaySurface {
        final List<MimeBundle> bundles = Collections.synchronizedList(new ArrayList<>());
        final List<String> ids = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void show(MimeBundle bundle, String id) {
            bundles.add(bundle);
            ids.add(id);
        }

        @Override
        public void update(MimeBundle bundle, String id) {
            show(bundle, id);
        }

        String text() {
            return bundles.get(bundles.size() - 1).get(MimeBundle.TEXT).orElseThrow();
        }

        String html() {
            return bundles.get(bundles.size() - 1).get(MimeBundle.HTML).orElseThrow();
        }
    }

    /** Tells events of one run, at a time it sets. */
    static final class Script {
        private final RunId id = RunId.create(START);
        private final RunSink display;
        private Instant now = START;

        Script(RunSink display) {
            this.display = display;
        }

        Script at(long millis) {
            now = START.plusMillis(millis);
            return this;
        }

        Script start(String title) {
            return open(title, "ingest", Kind.FLOW);
        }

        Script startTask(String name) {
            return open(name, name, Kind.TASK);
        }

        private Script open(String title, String name, Kind kind) {
            display.accept(new RunEvent.RunStarted(
                    id, now, new TaskName(name), kind, title, "{}", "notebook", "etl.ipynb[7]"));
            display.accept(new RunEvent.TaskCreated(
                    id, now, 0, new TaskName(name), kind, CallPath.root(), OptionalInt.empty(), List.of()));
            return this;
        }

        Script call(int ordinal, String name) {
            return call(ordinal, name, 0, Kind.TASK);
        }

        Script call(int ordinal, String name, int parent, Kind kind) {
            TaskName task = new TaskName(name);
            CallPath path = CallPath.root().child(task, ordinal);
            display.accept(
                    new RunEvent.TaskCreated(id, now, ordinal, task, kind, path, OptionalInt.of(parent), List.of()));
            return this;
        }

        Script state(int ordinal, State state, int attempt) {
            display.accept(new RunEvent.TaskStateChanged(id, now, ordinal, state, attempt, Optional.empty()));
            return this;
        }

        Script result(int ordinal, String summary) {
            display.accept(new RunEvent.ResultDescribed(id, now, ordinal, summary));
            return this;
        }

        Script artifact(int ordinal, String name, String kind, MimeBundle content) {
            display.accept(new RunEvent.ArtifactRecorded(id, now, ordinal, name, kind, content));
            return this;
        }

        Script progress(int ordinal, long done, long total) {
            display.accept(new RunEvent.Progressed(id, now, ordinal, done, OptionalLong.of(total), "rows"));
            return this;
        }

        Script hit(int ordinal, Duration age, Duration saved) {
            display.accept(new RunEvent.CacheConsulted(
                    id, now, ordinal, CacheOutcome.HIT, "", Optional.empty(), Optional.of(age), Optional.of(saved)));
            return this;
        }

        Script cache(int ordinal, CacheOutcome outcome, String reason) {
            display.accept(new RunEvent.CacheConsulted(
                    id, now, ordinal, outcome, reason, Optional.empty(), Optional.empty(), Optional.empty()));
            return this;
        }

        Script fail(int ordinal, String exception, String message, String location) {
            display.accept(
                    new RunEvent.TaskFailed(id, now, ordinal, exception, message, FailureKind.USER, location, ""));
            return this;
        }

        Script finish(State state) {
            display.accept(new RunEvent.RunFinished(id, now, state, Optional.empty()));
            return this;
        }
    }
}
