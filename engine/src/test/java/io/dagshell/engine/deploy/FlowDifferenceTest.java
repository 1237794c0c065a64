package io.dagshell.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.deploy.DependencyLock.Entry;
import io.dagshell.engine.deploy.DependencyLock.Role;
import io.dagshell.engine.deploy.FlowDifference.Exported;
import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import io.dagshell.engine.deploy.FlowManifest.SlicedTask;
import io.dagshell.engine.model.CodeIdentity;
import io.dagshell.engine.model.CodeIdentity.CodePart;
import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.Policy;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FlowDifferenceTest {
    private static final SlicedTask FETCH = task("fetch", Policy.defaults("fetch"), part("task", "fetch", "aa"));
    private static final FlowParameter YEAR = parameter("year", "int", "2021");

    @Test
    void equal_exports_are_the_same_whatever_cell_they_stand_in() {
        FlowDifference none = FlowDifference.between(
                exported(List.of(FETCH), List.of(YEAR)), exported(List.of(FETCH), List.of(YEAR)));

        assertThat(none.isSame()).isTrue();
        assertThat(none.lines()).containsExactly("fetch same");
    }

    @Test
    void a_task_names_the_code_and_the_header_that_changed() {
        SlicedTask before =
                task("load", Policy.defaults("load"), part("task", "load", "bb"), part("helper", "datasetUri", "cc"));
        SlicedTask after = task(
                "load",
                Policy.defaults("load").withEffect(true),
                part("task", "load", "bb"),
                part("helper", "datasetUri", "dd"));
        FlowDifference changed = FlowDifference.between(
                exported(List.of(FETCH, before), List.of(YEAR)),
                exported(List.of(after), List.of(parameter("year", "int", "2022"), parameter("chunk", "int", "1"))));

        assertThat(changed.isSame()).isFalse();
        assertThat(changed.lines())
                .containsExactly(
                        "load CHANGED (helper datasetUri, header)",
                        "fetch REMOVED",
                        "parameter year CHANGED (default 2021→2022)",
                        "parameter chunk ADDED");
    }

    @Test
    void constants_that_one_may_choose_are_a_difference() {
        FlowParameter before = new FlowParameter("mode", "Mode", Optional.empty(), Optional.empty(), List.of("A"));
        FlowParameter after = new FlowParameter("mode", "Mode", Optional.empty(), Optional.empty(), List.of("A", "B"));

        assertThat(FlowDifference.between(exported(List.of(), List.of(before)), exported(List.of(), List.of(after)))
                        .lines())
                .containsExactly("parameter mode CHANGED (constants A→A, B)");
    }

    @Test
    void libraries_of_the_user_are_told_by_version() {
        FlowDifference changed = FlowDifference.between(
                exported(List.of(), List.of(), "org.postgresql:postgresql:42.7.3"),
                exported(List.of(), List.of(), "org.postgresql:postgresql:42.7.14"));

        assertThat(changed.lines()).containsExactly("library org.postgresql:postgresql 42.7.3→42.7.14");
        assertThat(changed.isSame()).isFalse();
    }

    private static Exported exported(List<SlicedTask> tasks, List<FlowParameter> parameters, String... libraries) {
        FlowManifest manifest = new FlowManifest(
                1,
                new TaskName("etl"),
                "etl.ipynb",
                17,
                "UTC",
                parameters,
                tasks,
                new FlowGraph(List.of(), List.of()),
                "<svg/>",
                List.of(),
                List.of());
        List<Entry> entries = List.of(libraries).stream()
                .map(coordinate -> new Entry(Role.USER, coordinate, "a.jar", coordinate))
                .toList();
        return new Exported(manifest, new DependencyLock(entries));
    }

    private static FlowParameter parameter(String name, String type, String json) {
        return new FlowParameter(name, type, Optional.empty(), Optional.of(json));
    }

    private static CodePart part(String kind, String name, String digest) {
        return new CodePart(kind, name, digest.repeat(32), OptionalInt.of(1));
    }

    private static SlicedTask task(String name, Policy policy, CodePart... parts) {
        return new SlicedTask(
                new TaskDefinition(
                        new TaskName(name),
                        Kind.TASK,
                        List.of(),
                        "int",
                        policy,
                        new CodeIdentity.Known(List.of(parts)),
                        new TaskDefinition.Origin("etl.ipynb", 1, 1),
                        List.of()),
                "nb.Cell1");
    }
}
