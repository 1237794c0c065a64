package io.dagshell.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.deploy.DependencyLock;
import io.dagshell.engine.deploy.LibraryStore;
import io.dagshell.store.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A bundle, and {@code java -jar} of it where there is nothing else. */
class BundleJarTest extends FlowJarProcesses {
    private static final String PAGE = "name: x\nparameters:\n  year: 1999\n  color: green\n";

    @Test
    void it_runs_from_an_empty_home_with_the_values_of_its_own_page() throws Exception {
        Path bundle = bundle(flowJar("return n;"), folder.resolve("etl.jar"));
        // Not its own: whatever lies beside it is of something else.
        Files.writeString(folder.resolve("deployment.yaml"), "parameters:\n  color: red\n");
        home = folder.resolve("elsewhere");

        Ended ended = run(bundle, "run", "-p", "year=2021");

        assertThat(ended.code()).as(ended.text()).isZero();
        assertThat(ended.text()).contains("Root flow: Completed in ");
        try (RunStore store = RunStore.open(home.resolve("dagshell.db"))) {
            assertThat(store.runs(10))
                    .singleElement()
                    .satisfies(record -> assertThat(record.toString()).contains("2021", "green"));
        }
        assertThat(run(bundle, "run", "-p", "year=2021").text()).contains("cache hit");
    }

    @Test
    void the_same_contents_are_the_same_bytes_whenever_they_are_written() throws Exception {
        Path flow = flowJar("return n;");
        Path first = bundle(flow, folder.resolve("first.jar"));
        for (DependencyLock.Entry entry : lock.entries()) {
            Path library =
                    home.resolve("cache/libraries").resolve(entry.sha256()).resolve(entry.file());
            Files.setLastModifiedTime(library, java.nio.file.attribute.FileTime.fromMillis(1_700_000_000_000L));
        }

        Path second = bundle(flow, folder.resolve("second.jar"));

        assertThat(second).hasSameBinaryContentAs(first);
        try (JarFile jar = new JarFile(second.toFile())) {
            assertThat(jar.stream())
                    .allSatisfy(
                            entry -> assertThat(entry.getTimeLocal().getYear()).isEqualTo(1980));
        }
    }

    @Test
    void it_holds_the_flow_its_page_and_the_libraries_of_the_lock_and_nothing_else() throws Exception {
        Path flow = flowJar("return n;");
        Path bundle = bundle(flow, folder.resolve("etl.jar"));

        TreeSet<String> expected = names(flow);
        expected.add("deployment.yaml");
        lock.entries().forEach(entry -> expected.add("libraries/" + entry.sha256() + "/" + entry.file()));
        assertThat(names(bundle)).isEqualTo(expected);
    }

    @Test
    void another_release_of_the_jdk_is_refused_before_anything_is_unpacked() throws Exception {
        Path bundle = bundle(flowJar("return n;", 11), folder.resolve("etl.jar"));
        home = folder.resolve("elsewhere");

        Ended ended = run(bundle, "run", "-p", "year=1");

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.text())
                .contains("was built on JDK 11 and runs on that release only; this is JDK "
                        + Runtime.version().feature());
        assertThat(home).doesNotExist();
    }

    @Test
    void a_home_that_cannot_be_written_to_is_named_with_what_to_do() throws Exception {
        Path bundle = bundle(flowJar("return n;"), folder.resolve("etl.jar"));
        home = Files.writeString(folder.resolve("a-file"), "");

        Ended ended = run(bundle, "run", "-p", "year=1");

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.text())
                .startsWith("The libraries of etl.jar cannot be unpacked:")
                .contains("DAGSHELL_HOME");
    }

    @Test
    void a_library_that_is_damaged_here_is_not_bundled_and_leaves_no_file() throws Exception {
        Path flow = flowJar("return n;");
        DependencyLock.Entry entry = lock.entries().get(0);
        Path library = home.resolve("cache/libraries").resolve(entry.sha256()).resolve(entry.file());
        Files.write(library, new byte[] {1, 2, 3});

        assertThatThrownBy(() -> bundle(flow, folder.resolve("etl.jar")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is damaged");
        assertThat(folder.resolve("etl.jar")).doesNotExist();
    }

    private Path bundle(Path flow, Path target) throws IOException {
        LibraryStore store = new LibraryStore(home.resolve("cache/libraries"));
        BundleJar.write(Files.readAllBytes(flow), PAGE.getBytes(UTF_8), lock, store, target);
        return target;
    }

    private static TreeSet<String> names(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(JarEntry::getName).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
