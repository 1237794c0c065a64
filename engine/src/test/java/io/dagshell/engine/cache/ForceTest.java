package io.dagshell.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.value.StandardCodecs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Computing anew what is cached: chosen tasks, what is downstream of them, to compare, or by the environment. */
final class ForceTest {
    /** {@code parent: a -> sub -> last, other}; {@code sub: fetch -> clean, log}. */
    private static final Map<TaskName, FlowGraph> GRAPHS = Map.of(
            new TaskName("parent"), graph(List.of("a", "SUB", "last", "other"), "a>sub", "sub>last"),
            new TaskName("sub"), graph(List.of("fetch", "clean", "log"), "fetch>clean"));

    private static final List<String> TASKS = List.of("a", "fetch", "clean", "log", "last", "other");

    @TempDir
    Path folder;

    record Report(int rows, List<String> names) {}

    private FileResultCache cache;

    @BeforeEach
    void store() {
        cache = FileResultCache.open(
                folder,
                StandardCodecs.with(),
                new Tick(),
                CacheSettings.defaults().withEnvironment(() -> SharedWork.ENVIRONMENT));
        TASKS.forEach(task -> Asking.task(task).computed(cache, "old"));
    }

    private static FlowGraph graph(List<String> nodes, String... edges) {
        return new FlowGraph(
                nodes.stream()
                        .map(name -> new FlowGraph.Node(
                                name.toLowerCase(java.util.Locale.ROOT),
                                new TaskName(name.toLowerCase(java.util.Locale.ROOT)),
                                name.equals("SUB") ? Kind.FLOW : Kind.TASK,
                                false))
                        .toList(),
                Stream.of(edges)
                        .map(edge -> new FlowGraph.Edge(edge.split(">")[0], edge.split(">")[1]))
                        .toList());
    }

    private List<String> refreshed(Refresh refresh) {
        ResultCache asked = refresh.over(cache, () -> GRAPHS);
        List<String> anew = new ArrayList<>();
        for (String task : TASKS) {
            if (Asking.task(task).in(asked) instanceof ResultCache.Answer.Compute compute) {
                assertThat(compute.refreshed()).isTrue();
                compute.ticket().close();
                anew.add(task);
            }
        }
        return anew;
    }

    @Test
    void chosen_tasks_are_computed_anew_and_no_others() {
        assertThat(refreshed(Refresh.none())).isEmpty();
        assertThat(refreshed(Refresh.all())).isEqualTo(TASKS);
        assertThat(refreshed(Refresh.of("fetch, other", false))).containsExactly("fetch", "other");
    }

    @Test
    void downstream_goes_along_the_edges_out_of_a_subflow_and_into_one() {
        assertThat(refreshed(Refresh.of("fetch", true))).containsExactly("fetch", "clean", "last");
        assertThat(refreshed(Refresh.of("a", true))).containsExactly("a", "fetch", "clean", "log", "last");
        assertThat(refreshed(Refresh.of("last", true))).containsExactly("last");
    }

    @Test
    void a_chosen_flow_is_all_that_is_in_it() {
        assertThat(refreshed(Refresh.of("sub", false))).containsExactly("fetch", "clean", "log");
    }

    @Test
    void downstream_of_nothing_is_refused() {
        assertThatThrownBy(() -> Refresh.of("", true)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void by_the_environment_a_cache_is_off_or_only_read() {
        ResultCache off = CacheMode.of(Map.of("DAGSHELL_CACHE", "off")).over(cache);
        ResultCache readOnly =
                CacheMode.of(Map.of("DAGSHELL_CACHE", "read-only")).over(cache);
        Asking fresh = Asking.task("fresh");

        assertThat(Asking.task("a").refused(off)).isEqualTo("DAGSHELL_CACHE is off");
        assertThat(Asking.task("a").hit(readOnly).value()).isEqualTo("old");
        assertThat(fresh.refused(readOnly)).isEqualTo("DAGSHELL_CACHE is readonly; first run");
        assertThat(Asking.task("a").refreshed().refused(readOnly)).contains("refresh");
        assertThat(fresh.computed(CacheMode.of(Map.of()).over(cache), "x")).isEqualTo("first run");
        assertThatThrownBy(() -> CacheMode.of(Map.of("DAGSHELL_CACHE", "offf")))
                .hasMessage("DAGSHELL_CACHE is 'offf'; it can be on, off or readonly");
    }

    @Test
    void a_verified_result_that_comes_out_the_same_is_clean() {
        Verification verification = cache.verification();

        assertThat(verified(verification, "a", String.class, "old")).isEmpty();

        assertThat(verification.isClean()).isTrue();
        assertThat(verification.lines()).containsExactly("verified 1 result: each came out the same");
    }

    @Test
    void a_verified_result_that_differs_names_task_and_part_and_what_is_stored_stays() {
        Report stored = new Report(3, List.of("x", "y"));
        Asking report = Asking.task("report").returning(Report.class);
        report.computed(cache, stored);
        Verification verification = cache.verification();

        assertThat(verified(verification, "report", Report.class, new Report(3, List.of("x", "z"))))
                .get()
                .asString()
                .startsWith("report is not deterministic: the same key gave another result (names, item 2)");

        assertThat(verification.isClean()).isFalse();
        assertThat(verification.lines()).hasSize(2);
        assertThat(report.hit(cache).value()).isEqualTo(stored);
    }

    @Test
    void what_was_not_stored_is_no_matter_for_verification() {
        Verification verification = cache.verification();
        Asking.task("fresh").computed(verification.over(cache), "x");

        assertThat(verification.lines()).containsExactly("verified 0 results: each came out the same");
        assertThat(Asking.task("fresh").hit(cache).value()).isEqualTo("x");
    }

    private Optional<String> verified(
            Verification verification, String task, java.lang.reflect.Type type, Object value) {
        ResultCache.Answer answer = Asking.task(task).returning(type).in(verification.over(cache));
        ResultCache.Answer.Compute compute = (ResultCache.Answer.Compute) answer;
        assertThat(compute.reason()).isEqualTo("verify");
        try (ResultCache.Ticket ticket = compute.ticket()) {
            return ticket.store(value, Duration.ZERO, List.of());
        }
    }
}
