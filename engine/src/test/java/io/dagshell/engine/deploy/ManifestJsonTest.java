package io.dagshell.engine.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import io.dagshell.engine.deploy.FlowManifest.Library;
import io.dagshell.engine.deploy.FlowManifest.SlicedTask;
import io.dagshell.engine.model.CodeIdentity;
import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.Parameter;
import io.dagshell.engine.model.Policy;
import io.dagshell.engine.model.RetryRule;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestJsonTest {

    @Test
    void a_manifest_comes_back_as_it_was_written() throws IOException {
        FlowManifest manifest = manifest();

        assertThat(ManifestJson.read(ManifestJson.write(manifest))).isEqualTo(manifest);
    }

    @Test
    void equal_manifests_are_equal_bytes() {
        assertThat(ManifestJson.write(manifest())).isEqualTo(ManifestJson.write(manifest()));
    }

    @Test
    void a_newer_form_is_refused_in_words() {
        String newer = new String(ManifestJson.write(manifest()), UTF_8).replace("\"format\": 1", "\"format\": 2");

        assertThatThrownBy(() -> ManifestJson.read(newer.getBytes(UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "flow.json has format 2, and this DagShell reads those up to 1; use the DagShell that built it or"
                                + " a newer one, or build the deployment again with this one");
    }

    @Test
    void the_format_of_a_newer_form_is_told_whatever_else_stands_there() throws IOException {
        assertThat(ManifestJson.format("{\"format\": 7, \"flows\": [1]}".getBytes(UTF_8)))
                .isEqualTo(7);
    }

    @Test
    void one_that_does_not_say_its_format_is_of_the_first() throws IOException {
        String older = new String(ManifestJson.write(manifest()), UTF_8).replace("\"format\": 1,", "");

        assertThat(ManifestJson.read(older.getBytes(UTF_8))).isEqualTo(manifest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "99999999999", "\"2\"", "null"})
    void a_format_that_is_no_number_from_1_on_is_damage(String format) {
        assertThatThrownBy(() -> ManifestJson.read(("{\"format\": " + format + "}").getBytes(UTF_8)))
                .hasMessage("flow.json is damaged (its format is " + format + "); build the deployment again");
    }

    @Test
    void a_document_without_a_field_is_refused_in_words() {
        assertThatThrownBy(() -> ManifestJson.read("{\"format\": 1}".getBytes(UTF_8)))
                .hasMessage("flow.json is damaged (no text 'flow'); build the deployment again");
    }

    private static FlowManifest manifest() {
        Policy policy = new Policy(
                "Fetch it",
                new RetryRule(
                        3,
                        new RetryRule.Delay.Doubling(Duration.ofSeconds(10), Duration.ofMinutes(5)),
                        0.2,
                        List.of("IOException")),
                Optional.of(new Policy.CacheRule(Optional.of(Duration.ofDays(1)))),
                false,
                Optional.of(Duration.ofMinutes(5)),
                new TreeSet<>(Set.of("extract", "web")),
                OptionalInt.of(2),
                new TreeMap<>(Map.of("web", 4)),
                Optional.of("v2"));
        TaskDefinition fetch = new TaskDefinition(
                new TaskName("fetch"),
                Kind.TASK,
                List.of(new Parameter("dataset", "java.net.URI", Optional.of("where — from"))),
                "long",
                policy,
                new CodeIdentity.Known(
                        List.of(new CodeIdentity.CodePart("task", "fetch", "ab".repeat(32), OptionalInt.of(3)))),
                new TaskDefinition.Origin("etl.ipynb", 3, 2),
                List.of("postgres-connector"));
        TaskDefinition flow = new TaskDefinition(
                new TaskName("ingest"),
                Kind.FLOW,
                List.of(),
                "void",
                Policy.defaults("ingest"),
                new CodeIdentity.Unknown("an older version"),
                new TaskDefinition.Origin("etl.ipynb", 4, 2),
                List.of());
        return new FlowManifest(
                1,
                new TaskName("ingest"),
                "etl.ipynb",
                17,
                "UTC",
                List.of(
                        new FlowParameter("year", "int", Optional.of("a year"), Optional.of("2021")),
                        new FlowParameter("color", "java.lang.String", Optional.empty(), Optional.empty()),
                        new FlowParameter("mode", "Mode", Optional.empty(), Optional.empty(), List.of("B", "A"))),
                List.of(new SlicedTask(fetch, "nb.Cell3"), new SlicedTask(flow, "nb.Cell4")),
                new FlowGraph(
                        List.of(new FlowGraph.Node("fetch", new TaskName("fetch"), Kind.TASK, true)),
                        List.of(new FlowGraph.Edge("fetch", "fetch", true))),
                "<svg/>",
                List.of("postgres-connector"),
                List.of(new Library("org.postgresql:postgresql:42.7.14", "cd".repeat(32))),
                new TreeMap<>(Map.of(
                        new TaskName("monthly"),
                        new FlowGraph(
                                List.of(new FlowGraph.Node("fetch", new TaskName("fetch"), Kind.TASK, false)),
                                List.of()))));
    }
}
