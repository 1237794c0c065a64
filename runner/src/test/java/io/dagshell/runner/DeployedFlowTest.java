package io.dagshell.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.cache.Refresh;
import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.home.Home;
import io.dagshell.store.RunStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeployedFlowTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Home home;
    private Map<String, String> environment = Map.of();

    @BeforeEach
    void create() {
        home = new Home(folder.resolve("state"), folder.resolve("state/cache"));
    }

    @Test
    void a_flow_runs_with_given_values_and_defaults_and_is_recorded() throws IOException {
        int code = run("return 2 * n;", Map.of("year", "2021"));

        assertThat(code).isZero();
        assertThat(out.toString(UTF_8))
                .contains("Root flow: run ", "  twice ", "Completed", "Root flow: Completed in ");
        try (RunStore store = RunStore.open(home.database())) {
            assertThat(store.runs(10))
                    .singleElement()
                    .satisfies(run -> assertThat(run.toString()).contains("root", "2021", "yellow"));
        }
    }

    @Test
    void a_second_run_takes_the_result_from_the_cache_unless_it_is_refreshed() throws IOException {
        run("return 2 * n;", Map.of("year", "2021"));
        run("return 2 * n;", Map.of("year", "2021"));
        assertThat(out.toString(UTF_8)).contains("Cached", "cache hit");

        out.reset();
        run("return 2 * n;", Map.of("year", "2021"), settings -> settings.withRefresh(Refresh.all()));
        assertThat(out.toString(UTF_8)).contains("Completed").doesNotContain("cache hit");
    }

    @Test
    void one_task_can_be_refreshed_and_a_misspelt_one_is_refused() throws IOException {
        Map<String, String> year = Map.of("year", "2021");
        run("return 2 * n;", year);
        out.reset();

        run("return 2 * n;", year, settings -> settings.withRefresh(Refresh.of("twice", false)));

        assertThat(out.toString(UTF_8)).contains("Completed", "refreshed").doesNotContain("cache hit");
        assertThatThrownBy(() -> run("return 0;", year, settings -> settings.withRefresh(Refresh.of("twise", false))))
                .isInstanceOf(BadInput.class)
                .hasMessage("Flow root has no task twise to refresh; it has root, twice.");
    }

    @Test
    void verification_finds_a_result_that_is_not_repeatable_and_ends_with_one() throws IOException {
        Map<String, String> year = Map.of("year", "2021");
        run("return 2 * n;", year);
        assertThat(run("return 2 * n;", year, settings -> settings.withVerify(true)))
                .isZero();
        assertThat(err.toString(UTF_8)).contains("verified 1 result: each came out the same");

        int code = run("return (int) (System.nanoTime() % 1_000_000);", year, settings -> settings.withVerify(true));

        assertThat(code).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("twice is not deterministic");
    }

    @Test
    void a_result_is_shared_with_a_machine_that_has_the_same_key() throws IOException {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        environment = Map.of("DAGSHELL_CACHE_SHARED", shared.toString(), "DAGSHELL_CACHE_SHARED_WRITE", "true");
        run("return 2 * n;", Map.of("year", "2021"));
        Path key = home.data().resolve("shared-cache.key");
        home = new Home(folder.resolve("other"), folder.resolve("other/cache"));
        Files.copy(key, Files.createDirectory(home.data()).resolve("shared-cache.key"));
        environment = Map.of("DAGSHELL_CACHE_SHARED", shared.toString());
        out.reset();

        run("return 2 * n;", Map.of("year", "2021"));

        assertThat(out.toString(UTF_8)).contains("cache hit");
        environment = Map.of("DAGSHELL_CACHE_SHARED", shared.toString(), "DAGSHELL_CACHE_SHARED_WRITE", "yes");
        assertThatThrownBy(() -> run("return 0;", Map.of()))
                .hasMessage("DAGSHELL_CACHE_SHARED_WRITE is 'yes'; it can be true or false");
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .as("threads of a state that was refused")
                .doesNotContain("dagshell-run-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcs:none", "gcs:Bad Name/x", "gs://bad bucket", "s3://bucket/x"})
    void a_shared_place_that_is_none_is_told_as_the_setting_it_is(String place) {
        environment = Map.of("DAGSHELL_CACHE_SHARED", place);

        assertThatThrownBy(() -> run("return 0;", Map.of()))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("DAGSHELL_CACHE_SHARED is '" + place + "'");
    }

    @Test
    void the_results_of_the_last_completed_run_of_a_deployment_are_pinned() throws IOException {
        run("return 2 * n;", Map.of("year", "2021"));
        run("throw new IllegalStateException();", Map.of("year", "2022"));

        Path pins = home.results().resolve("pins");
        try (Stream<Path> files = Files.list(pins)) {
            assertThat(Files.readAllLines(files.findFirst().orElseThrow()))
                    .hasSize(2)
                    .startsWith("etl.ipynb:root");
        }
    }

    @Test
    void by_the_environment_nothing_is_cached() throws IOException {
        environment = Map.of("DAGSHELL_CACHE", "off");
        run("return 2 * n;", Map.of("year", "2021"));
        run("return 2 * n;", Map.of("year", "2021"));

        assertThat(out.toString(UTF_8))
                .contains("not cached: DAGSHELL_CACHE is off")
                .doesNotContain("hit");
        environment = Map.of("DAGSHELL_CACHE", "maybe");
        assertThatThrownBy(() -> run("return 0;", Map.of())).isInstanceOf(BadInput.class);
    }

    @Test
    void a_failure_is_told_with_the_users_own_exception_and_ends_with_one() throws IOException {
        int code = run("throw new IllegalStateException(\"no year \" + n);", Map.of("year", "1999"));

        assertThat(code).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("root failed").contains("IllegalStateException: no year 1999");
        assertThat(out.toString(UTF_8))
                .contains("Root flow: Failed in ")
                .doesNotContain("io.dagshell.engine.run", "java.lang.reflect");
    }

    @Test
    void what_cannot_be_reached_ends_with_three() throws IOException {
        int code = run("throw new java.net.ConnectException(\"refused\");", Map.of("year", "1999"));

        assertThat(code).isEqualTo(3);
    }

    @Test
    void values_that_do_not_fit_are_refused_before_anything_runs() throws IOException {
        assertRefused(Map.of("yaer", "2021"), "yaer", "year (int)");
        assertRefused(Map.of(), "year (int) is required");
        assertRefused(Map.of("year", "next"), "'next'", "year (int)");
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    private void assertRefused(Map<String, String> parameters, String... words) {
        assertThatThrownBy(() -> run("return 0;", parameters))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("Flow root: ")
                .hasMessageContainingAll(words);
    }

    private int run(String taskBody, Map<String, String> parameters) throws IOException {
        return run(taskBody, parameters, settings -> settings);
    }

    private int run(String taskBody, Map<String, String> parameters, UnaryOperator<RunnerSettings> change)
            throws IOException {
        FlowManifest manifest = CompiledFlow.compile(folder, taskBody);
        ThreadTee tee = new ThreadTee(true);
        PrintStream output = tee.stream(out, false);
        try (URLClassLoader loader = new URLClassLoader(
                        new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
                LocalState state = LocalState.open(home, BlockSource.none(), environment)) {
            RunStreams streams = new RunStreams(output, tee.stream(err, true), tee);
            return DeployedFlow.open(manifest, loader)
                    .run(parameters, change.apply(RunnerSettings.telling(state, streams)));
        }
    }
}
