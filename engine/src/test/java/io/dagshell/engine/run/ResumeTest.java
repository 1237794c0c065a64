package io.dagshell.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.Dag;
import io.dagshell.engine.cache.CacheSettings;
import io.dagshell.engine.cache.FileResultCache;
import io.dagshell.engine.cache.FileRunResults;
import io.dagshell.engine.event.RunEvent.CacheConsulted;
import io.dagshell.engine.event.RunEvent.CacheOutcome;
import io.dagshell.engine.event.RunEvent.LogLine;
import io.dagshell.engine.event.RunEvent.RunStarted;
import io.dagshell.engine.model.CodeIdentity;
import io.dagshell.engine.model.CodeIdentity.CodePart;
import io.dagshell.engine.model.Policy;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.value.StandardCodecs;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that did not complete is resumed by another engine on the same folder, as another process would. */
@Timeout(60)
class ResumeTest {
    @TempDir
    Path folder;

    private final List<String> done = new ArrayList<>();
    private final TickingClock clock = new TickingClock();
    private String code = "a1";
    private boolean reportFails = true;
    private EventLog events = new EventLog();

    /** What the cells declare. */
    private static final class Site {
        static String fetch(int month) {
            return "rows of " + month;
        }

        static void load(String rows) {}

        static Stream<String> lines(String rows) {
            return rows.lines();
        }

        static String report(int month) {
            return "";
        }
    }

    private <R> R task(String name, R value, Object... arguments) {
        return Dag.call(
                MethodHandles.lookup().in(Site.class),
                name,
                () -> {
                    done.add(name);
                    if (name.equals("report") && reportFails) {
                        throw new IllegalStateException("no printer");
                    }
                    Engine.current().log("INFO", name + " did its work");
                    return value;
                },
                arguments);
    }

    private void load(String rows) {
        Dag.callVoid(
                MethodHandles.lookup().in(Site.class),
                "load",
                () -> done.add("load " + rows + " as " + Engine.current().effectRun()),
                new Object[] {rows});
    }

    private String etl(int month) {
        return Cells.call("etl", () -> {
            String rows = task("fetch", Site.fetch(month), month);
            load(rows);
            return task("report", "printed", month);
        });
    }

    private Engine engine(java.util.function.UnaryOperator<Policy> fetch) {
        events = new EventLog();
        Cells cells = new Cells()
                .task("fetch", fetch)
                .task("load", policy -> policy.withEffect(true))
                .task("lines")
                .task("report")
                .flow("etl");
        cells.code(
                "fetch",
                new CodeIdentity.Known(List.of(new CodePart("helper", "address", code.repeat(32), OptionalInt.of(3)))));
        return Engine.builder()
                .definitions(cells)
                .cache(FileResultCache.open(folder.resolve("results"), StandardCodecs.with(), clock))
                .results(FileRunResults.open(folder.resolve("runs"), StandardCodecs.with(), CacheSettings.defaults()))
                .clock(clock)
                .sink(events)
                .build();
    }

    private RunId failed(int month, java.util.function.UnaryOperator<Policy> fetch) {
        try (Engine engine = engine(fetch)) {
            assertThatThrownBy(() -> engine.within(() -> etl(month))).hasMessage("no printer");
        }
        RunId run = events.one(RunStarted.class).run();
        done.clear();
        return run;
    }

    private RunId failed(int month) {
        return failed(month, policy -> policy);
    }

    private String resumed(RunId run, int month, java.util.function.UnaryOperator<Policy> fetch) throws Exception {
        try (Engine engine = engine(fetch)) {
            return engine.within(() -> engine.resume(run, () -> etl(month)));
        }
    }

    private String resumed(RunId run, int month) throws Exception {
        return resumed(run, month, policy -> policy);
    }

    private CacheConsulted consulted(String path) {
        int ordinal = events.created(path).ordinal();
        return events.of(CacheConsulted.class).stream()
                .filter(each -> each.ordinal() == ordinal)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_finished_is_not_repeated_effects_included() throws Exception {
        RunId first = failed(2);
        reportFails = false;

        assertThat(resumed(first, 2)).isEqualTo("printed");

        assertThat(done).containsExactly("report");
        assertThat(events.one(RunStarted.class).resumes()).contains(first);
        assertThat(events.one(RunStarted.class).run()).isNotEqualTo(first);
        assertThat(events.states("etl/1.load/1")).containsExactly(State.PENDING, State.CACHED);
        assertThat(consulted("etl/1.load/1").outcome()).isEqualTo(CacheOutcome.RESUMED);
        assertThat(consulted("etl/1.load/1").reason()).isEqualTo("finished in run " + first);
        assertThat(events.of(LogLine.class))
                .anySatisfy(line -> {
                    assertThat(line.text()).isEqualTo("fetch did its work");
                    assertThat(line.cached()).isTrue();
                })
                .anySatisfy(line ->
                        assertThat(line.text()).isEqualTo("resumes run " + first + ", of which 2 tasks are finished"));
    }

    @Test
    void a_task_whose_code_changed_runs_again_and_says_so() throws Exception {
        RunId first = failed(2);
        reportFails = false;
        code = "b2";

        resumed(first, 2);

        // Its result is the same, so what depends on it stands.
        assertThat(done).containsExactly("fetch", "report");
        assertThat(consulted("etl/1.fetch/1").reason()).isEqualTo("not asked for; runs again: helper address changed");
    }

    @Test
    void other_arguments_at_the_same_place_run_again_and_say_so() throws Exception {
        RunId first = failed(2);
        reportFails = false;

        resumed(first, 3);

        assertThat(done).hasSize(3);
        assertThat(consulted("etl/1.fetch/1").reason()).isEqualTo("not asked for; runs again: argument input 2 → 3");
    }

    @Test
    void a_run_that_resumed_another_can_be_resumed_in_turn() throws Exception {
        RunId first = failed(2);
        try (Engine engine = engine(policy -> policy)) {
            assertThatThrownBy(() -> engine.within(() -> engine.resume(first, () -> etl(2))))
                    .hasMessage("no printer");
        }
        RunId second = events.one(RunStarted.class).run();
        done.clear();
        reportFails = false;

        resumed(second, 2);

        assertThat(done).containsExactly("report");
    }

    @Test
    void only_the_next_run_resumes() throws Exception {
        RunId first = failed(2);
        reportFails = false;
        try (Engine engine = engine(policy -> policy)) {
            engine.within(() -> engine.resume(first, () -> etl(2) + etl(2)));
        }

        assertThat(done).hasSize(4);
        assertThat(events.of(RunStarted.class).get(1).resumes()).isEmpty();
    }

    @Test
    void a_cached_result_counts_though_it_is_too_old_by_now() throws Exception {
        java.util.function.UnaryOperator<Policy> hourly =
                policy -> policy.withCache(new Policy.CacheRule(java.util.Optional.of(Duration.ofHours(1))));
        RunId first = failed(2, hourly);
        reportFails = false;
        clock.tick(Duration.ofHours(2));

        resumed(first, 2, hourly);

        assertThat(done).containsExactly("report");
        assertThat(consulted("etl/1.fetch/1").outcome()).isEqualTo(CacheOutcome.HIT);
        clock.tick(Duration.ofHours(2));
        try (Engine engine = engine(hourly)) {
            engine.within(() -> etl(2));
        }
        assertThat(done).contains("fetch");
    }

    @Test
    void a_result_without_codec_is_computed_again_and_says_so() throws Exception {
        RunId first;
        try (Engine engine = engine(policy -> policy)) {
            assertThatThrownBy(() -> engine.within(() -> streaming())).hasMessage("no printer");
        }
        first = events.one(RunStarted.class).run();
        done.clear();
        reportFails = false;

        try (Engine engine = engine(policy -> policy)) {
            engine.within(() -> engine.resume(first, this::streaming));
        }

        assertThat(done).containsExactly("lines", "report");
        assertThat(consulted("etl/1.lines/1").reason()).isEqualTo("not asked for; runs again: stream");
    }

    private String streaming() {
        return Cells.call("etl", () -> {
            task("lines", Stream.of("a"), "rows");
            return task("report", "", 1);
        });
    }

    @Test
    void an_effect_that_began_and_was_not_seen_to_end_goes_by_its_first_name() throws Exception {
        RunId first;
        Engine engine = engine(policy -> policy);
        try {
            assertThatThrownBy(() -> engine.within(() -> Cells.call("etl", () -> {
                        Dag.callVoid(
                                MethodHandles.lookup().in(Site.class),
                                "load",
                                () -> {
                                    throw new IOException("connection lost");
                                },
                                new Object[] {"rows of 2"});
                        return "";
                    })))
                    .hasMessage("connection lost");
        } finally {
            engine.close();
        }
        first = events.one(RunStarted.class).run();
        reportFails = false;

        resumed(first, 2);
        assertThat(done).contains("load rows of 2 as " + first);
        RunId other = RunId.create(Instant.EPOCH);
        done.clear();
        resumed(other, 3);
        RunId own = events.one(RunStarted.class).run();
        assertThat(done).contains("load rows of 3 as " + own);
    }

    @Test
    void a_flow_tried_again_repeats_only_what_did_not_finish() throws Exception {
        Cells cells = new Cells()
                .task("fetch")
                .task("report")
                .task("load", policy -> policy.withEffect(true))
                .flow("etl", Cells.retries(1, Duration.ZERO));
        try (Engine engine = Engine.builder()
                .definitions(cells)
                .results(FileRunResults.open(folder, StandardCodecs.with(), CacheSettings.defaults()))
                .sink(events)
                .build()) {
            engine.within(() -> Cells.call("etl", () -> {
                String rows = task("fetch", Site.fetch(1), 1);
                load(rows);
                try {
                    return task("report", "", 1);
                } finally {
                    reportFails = false;
                }
            }));
        }

        assertThat(done.stream().map(each -> each.replaceAll(" .*", "")))
                .containsExactly("fetch", "load", "report", "report");
    }

    @Test
    void a_run_that_completes_leaves_nothing_behind() throws Exception {
        RunId first = failed(2);
        reportFails = false;
        assertThat(folder.resolve("runs").resolve(first.toString())).isDirectory();

        resumed(first, 2);

        assertThat(folder.resolve("runs").resolve(first.toString()).resolve("finished"))
                .doesNotExist();
        resumed(RunId.create(Instant.EPOCH), 4);
        assertThat(folder.resolve("runs")
                        .resolve(events.one(RunStarted.class).run().toString()))
                .doesNotExist();
    }

    @Test
    void a_line_torn_by_a_crash_or_damaged_is_as_if_it_were_not_there() throws Exception {
        RunId first = failed(2);
        Path log = folder.resolve("runs").resolve(first.toString()).resolve("finished");
        byte[] whole = Files.readAllBytes(log);
        reportFails = false;
        for (int place = 0; place < whole.length; place += 7) {
            byte[] flipped = whole.clone();
            flipped[place] ^= 1;
            for (byte[] damaged : List.of(flipped, java.util.Arrays.copyOf(whole, place))) {
                Files.createDirectories(log.getParent());
                Files.write(log, damaged);
                done.clear();

                assertThat(resumed(first, 2)).isEqualTo("printed");

                assertThat(done).endsWith("report");
            }
        }
    }

    @Test
    void results_of_a_week_ago_are_removed() throws Exception {
        RunId first = failed(2);
        Path kept = folder.resolve("runs").resolve(first.toString());
        Instant old = Instant.now().minus(Duration.ofDays(8));
        Files.setLastModifiedTime(kept.resolve("finished"), java.nio.file.attribute.FileTime.from(old));
        reportFails = false;

        resumed(RunId.create(Instant.EPOCH), 3);

        assertThat(kept).doesNotExist();
    }
}
