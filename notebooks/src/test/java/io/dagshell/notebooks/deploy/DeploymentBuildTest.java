package io.dagshell.notebooks.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.deploy.DependencyLock;
import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import io.dagshell.engine.deploy.FlowManifest.SlicedTask;
import io.dagshell.engine.deploy.LibraryStore;
import io.dagshell.engine.deploy.ManifestJson;
import io.dagshell.engine.model.CodeIdentity;
import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.Policy;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import io.dagshell.kernel.session.Library;
import io.dagshell.magics.slice.Slice;
import io.dagshell.notebooks.NotebookFile;
import io.dagshell.notebooks.NotebookProblem;
import io.dagshell.notebooks.deploy.DeploymentBuild.Built;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentBuildTest {
    private static final NotebookFile NOTEBOOK = NotebookFile.parse(
            "etl.ipynb",
            "{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"outputs\": [1], \"source\": \"1\"}]}"
                    .getBytes(UTF_8));

    @TempDir
    private Path temporary;

    private Path folder;
    private DeploymentBuild build;

    @BeforeEach
    void create() throws IOException {
        folder = temporary.resolve("ingest");
        Path library = Files.writeString(temporary.resolve("engine-1.0.jar"), "a library");
        FlowJarRuntime runtime = new FlowJarRuntime(
                "io.dagshell.bootstrap.Bootstrap",
                new TreeMap<>(Map.of("b/Main.class", new byte[] {1})),
                List.of(library),
                List.of(),
                false);
        build = new DeploymentBuild(runtime, List.of(), new LibraryStore(temporary.resolve("libraries")));
    }

    @Test
    void the_folder_holds_what_a_person_and_a_machine_need() throws IOException {
        Built built = write(color("\"yellow\""), year("2021"), months());

        assertThat(built.warnings()).isEmpty();
        assertThat(folder.resolve("deployment.yaml")).hasContent("""
                        # The deployment of flow ingest of etl.ipynb. Edit it: building again keeps what you changed.
                        name: Parameterized ETL
                        flow: ingest
                        description: ""
                        tags: []

                        # What a run starts with, unless it is given other values.
                        parameters:
                          # String: yellow or green
                          color: yellow
                          # int
                          year: 2021
                          # List<Integer>, required
                          # months:

                        # When it runs by itself: a list of entries such as {cron: "0 * * * *", zone: UTC}.
                        schedules: []
                        work_queue: default
                        # How many runs may go on at once; null is any number.
                        concurrency: null
                        # The greatest heap of a run, such as 2g; null is what the agent gives.
                        memory: null

                        # What it needs: dagshell block set NAME.
                        blocks:
                          - postgres-connector
                        """);
        assertThat(ManifestJson.read(Files.readAllBytes(folder.resolve("flow.json")))
                        .parameters())
                .hasSize(3);
        assertThat(DependencyLock.parse(Files.readString(folder.resolve("deps.lock")))
                        .of(DependencyLock.Role.RUNTIME))
                .extracting(DependencyLock.Entry::file)
                .containsExactly("engine-1.0.jar");
        assertThat(folder.resolve("notebook.ipynb")).content().contains("\"outputs\": []");
        try (JarFile jar = new JarFile(folder.resolve("flow.jar").toFile())) {
            assertThat(jar.stream().map(Object::toString))
                    .containsExactly(
                            "META-INF/MANIFEST.MF", "b/Main.class", "deps.lock", "flow.json", "nb/Cell1.class");
            assertThat(jar.getManifest().getMainAttributes().getValue("DagShell-Jdk"))
                    .isEqualTo("17");
        }
    }

    @Test
    void the_flow_lists_the_libraries_that_its_notebook_declares() throws IOException {
        Path html = Files.writeString(temporary.resolve("html-1.0.jar"), "a declared library");
        Path own = Files.writeString(temporary.resolve("own.jar"), "a jar by its path");
        LibraryStore store = new LibraryStore(temporary.resolve("libraries"));
        List<Library> declared = List.of(
                new Library(
                        html,
                        "org.example:html:1.0",
                        store.add(html, DependencyLock.Role.USER, "").sha256()),
                new Library(
                        own, "", store.add(own, DependencyLock.Role.USER, "").sha256()));
        new DeploymentBuild(new FlowJarRuntime("b.Main", new TreeMap<>(), List.of(), List.of(), false), declared, store)
                .write(NOTEBOOK, slice(), "Parameterized ETL", folder);

        assertThat(ManifestJson.read(Files.readAllBytes(folder.resolve("flow.json")))
                        .libraries())
                .containsExactly(
                        new FlowManifest.Library(
                                "org.example:html:1.0", declared.get(0).sha256()),
                        new FlowManifest.Library("own.jar", declared.get(1).sha256()));
    }

    @Test
    void libraries_of_a_cloud_are_locked_only_where_one_is_used() throws IOException {
        assertThat(lockWithCloud(slice(), false)).doesNotContain("cloud ");
        assertThat(lockWithCloud(slice(), true)).contains("\ncloud ");
        SortedMap<String, byte[]> classes = new TreeMap<>(slice().classes());
        classes.put("nb.Cell2", "…io/dagshell/blocks/GcsBlock…".getBytes(StandardCharsets.UTF_8));
        assertThat(lockWithCloud(new Slice(slice().manifest(), classes), false)).contains("\ncloud ");
    }

    private String lockWithCloud(Slice slice, boolean always) throws IOException {
        Path jar = Files.writeString(temporary.resolve("google.jar"), "a cloud's library");
        FlowJarRuntime runtime = new FlowJarRuntime("b.Main", new TreeMap<>(), List.of(), List.of(jar), always);
        new DeploymentBuild(runtime, List.of(), new LibraryStore(temporary.resolve("libraries")))
                .write(NOTEBOOK, slice, "Parameterized ETL", folder);
        return Files.readString(folder.resolve("deps.lock"));
    }

    @Test
    void the_same_notebook_gives_the_same_bytes() throws IOException {
        write(color("\"yellow\""), year("2021"));
        Path again = temporary.resolve("again");
        build.write(NOTEBOOK, slice(color("\"yellow\""), year("2021")), "Parameterized ETL", again);

        for (String file : List.of("flow.json", "flow.jar", "deps.lock", "notebook.ipynb", "deployment.yaml")) {
            assertThat(again.resolve(file)).hasSameBinaryContentAs(folder.resolve(file));
        }
    }

    @Test
    void building_again_keeps_every_edit() throws IOException {
        write(color("\"yellow\""), year("2021"));
        edit("color: yellow", "color: green   # only green for now");
        edit("schedules: []", "schedules:\n  - {cron: \"0 * * * *\", zone: UTC}");
        edit("description: \"\"", "description: loads it");
        String edited = Files.readString(folder.resolve("deployment.yaml"));

        Built built = write(color("\"yellow\""), year("2021"));

        assertThat(built.warnings()).isEmpty();
        assertThat(folder.resolve("deployment.yaml")).hasContent(edited);
    }

    @Test
    void a_default_nobody_edited_follows_the_notebook_and_an_edited_one_stays() throws IOException {
        write(color("\"yellow\""), year("2021"));
        edit("color: yellow", "color: green");

        write(color("\"white\""), year("2022"));

        assertThat(yaml()).contains("  color: green\n", "  year: 2022\n").doesNotContain("2021");
    }

    @Test
    void a_new_parameter_is_added_and_a_vanished_one_commented_out_and_said() throws IOException {
        write(color("\"yellow\""), year("2021"));
        edit("year: 2021", "year: 1999");

        Built built = write(color("\"yellow\""), months());

        assertThat(built.warnings())
                .containsExactly("Flow ingest has no parameter 'year' any more; its value in deployment.yaml is"
                        + " commented out.");
        assertThat(yaml())
                .contains("  # gone from flow ingest:\n  # year: 1999\n", "  # List<Integer>, required\n  # months:\n");
    }

    @Test
    void a_required_parameter_is_announced_once() throws IOException {
        write(months());
        String first = yaml();

        write(months());

        assertThat(yaml()).isEqualTo(first);
    }

    @Test
    void parameters_on_one_line_are_laid_out_when_they_must_change() throws IOException {
        write(color("\"yellow\""), year("2021"));
        Files.writeString(
                folder.resolve("deployment.yaml"),
                "name: Parameterized ETL\nflow: ingest\nparameters: {color: green, year: 2020} # mine\nblocks: []\n");

        write(color("\"yellow\""), year("2021"));

        assertThat(yaml()).isEqualTo("""
                        name: Parameterized ETL
                        flow: ingest
                        parameters:
                          # String: yellow or green
                          color: green
                          # int
                          year: 2020
                        blocks:
                          - postgres-connector
                        """);
    }

    @Test
    void a_block_that_a_person_added_stays_and_one_that_the_flow_no_longer_names_goes() throws IOException {
        write(year("2021"));
        edit("  - postgres-connector", "  - postgres-connector\n  - lake");

        write(year("2021"));

        assertThat(yaml()).contains("blocks:\n  - postgres-connector\n  - lake\n");
    }

    @Test
    void a_page_that_is_no_yaml_is_refused_and_left_alone() throws IOException {
        write(year("2021"));
        Files.writeString(folder.resolve("deployment.yaml"), "name: [unclosed\nflow: x\n");

        assertThatThrownBy(() -> write(year("2021")))
                .isInstanceOf(NotebookProblem.class)
                .hasMessageStartingWith(folder.resolve("deployment.yaml") + ":2: it is not YAML: ")
                .hasMessageEndingWith(" What you wrote there cannot be kept: mend the file or remove it.");
        assertThat(yaml()).startsWith("name: [unclosed");
    }

    @Test
    void text_is_quoted_only_where_yaml_would_read_something_else() {
        assertThat(YamlScalar.of("\"yellow\"")).isEqualTo("yellow");
        assertThat(YamlScalar.of("\"data/a b.csv.gz\"")).isEqualTo("data/a b.csv.gz");
        assertThat(YamlScalar.of("\"https://example.org/x?a=b\"")).isEqualTo("https://example.org/x?a=b");
        for (String quoted :
                List.of("\"2021\"", "\"true\"", "\"No\"", "\"a: b\"", "\"a #b\"", "\"\"", "\" a\"", "\"a \"")) {
            assertThat(YamlScalar.of(quoted)).isEqualTo(quoted);
        }
        assertThat(YamlScalar.of("[1,2,3]")).isEqualTo("[1, 2, 3]");
        assertThat(YamlScalar.of("1.50")).isEqualTo("1.50");
    }

    private void edit(String text, String replacement) throws IOException {
        assertThat(yaml()).contains(text);
        Files.writeString(folder.resolve("deployment.yaml"), yaml().replace(text, replacement));
    }

    private String yaml() throws IOException {
        return Files.readString(folder.resolve("deployment.yaml"));
    }

    private Built write(FlowParameter... parameters) {
        return build.write(NOTEBOOK, slice(parameters), "Parameterized ETL", folder);
    }

    private static FlowParameter color(String json) {
        return new FlowParameter("color", "java.lang.String", Optional.of("yellow or green"), Optional.of(json));
    }

    private static FlowParameter year(String json) {
        return new FlowParameter("year", "int", Optional.empty(), Optional.of(json));
    }

    private static FlowParameter months() {
        return new FlowParameter("months", "java.util.List<java.lang.Integer>", Optional.empty(), Optional.empty());
    }

    private static Slice slice(FlowParameter... parameters) {
        TaskName flow = new TaskName("ingest");
        TaskDefinition definition = new TaskDefinition(
                flow,
                Kind.FLOW,
                List.of(),
                "long",
                Policy.defaults("ingest"),
                new CodeIdentity.Known(List.of()),
                new TaskDefinition.Origin("etl.ipynb", 1, 2),
                List.of("postgres-connector"));
        FlowManifest manifest = new FlowManifest(
                1,
                flow,
                "etl.ipynb",
                17,
                "UTC",
                List.of(parameters),
                List.of(new SlicedTask(definition, "nb.Cell1")),
                new FlowGraph(List.of(), List.of()),
                "<svg/>",
                List.of("postgres-connector"),
                List.of());
        return new Slice(manifest, new TreeMap<>(Map.of("nb.Cell1", new byte[] {1, 2, 3})));
    }
}
