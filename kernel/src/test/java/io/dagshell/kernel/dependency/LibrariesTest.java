package io.dagshell.kernel.dependency;

import static io.dagshell.kernel.dependency.TestRepository.needing;
import static io.dagshell.kernel.dependency.TestRepository.needs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.kernel.dependency.DependencyResolver.Downloads;
import io.dagshell.kernel.dependency.Libraries.Added;
import io.dagshell.kernel.session.CellProblem;
import io.dagshell.kernel.session.Library;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a repository in a folder: nothing is asked of any network, and the local repository is empty. */
class LibrariesTest {
    @TempDir
    private Path folder;

    private TestRepository repository;
    private Libraries libraries;

    @BeforeEach
    void openRepository() {
        repository = new TestRepository(folder);
        libraries = repository.libraries(repository.settings());
    }

    @AfterEach
    void closeLibraries() {
        libraries.close();
    }

    private Added add(String cell) {
        return libraries.add(CellStatements.of(cell), new Ignored());
    }

    /** Names as {@code a:1}. */
    private static List<String> names(Added added) {
        return added.libraries().stream()
                .map(library ->
                        library.coordinate().substring(library.coordinate().indexOf(':') + 1))
                .toList();
    }

    private static String version(Library library, String name) throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {library.path().toUri().toURL()})) {
            return (String) loader.loadClass("lib." + name).getMethod("version").invoke(null);
        }
    }

    @Test
    void what_a_library_needs_comes_with_it_but_for_tests_options_and_what_others_provide() {
        repository
                .jar(
                        "g",
                        "a",
                        "1",
                        needing(
                                needs("g", "b", "1", ""),
                                needs("g", "t", "1", "<scope>test</scope>"),
                                needs("g", "p", "1", "<scope>provided</scope>"),
                                needs("g", "o", "1", "<optional>true</optional>"),
                                needs("g", "r", "1", "<scope>runtime</scope>")))
                .jar("g", "b", "1", needing(needs("g", "c", "1", "")))
                .jar("g", "c", "1")
                .jar("g", "r", "1");

        assertThat(names(add("%maven g:a:1"))).containsExactly("a:1", "b:1", "c:1", "r:1");
        assertThat(libraries.all())
                .allSatisfy(library -> assertThat(library.sha256()).hasSize(64));
    }

    @Test
    void an_exclusion_keeps_out_what_it_names() {
        repository
                .jar("g", "a", "1", needing(needs("g", "b", "1", "")))
                .jar("g", "b", "1", needing(needs("g", "c", "1", "")))
                .jar("g", "c", "1");

        assertThat(names(add("%maven g:a:1 --exclude g:b"))).containsExactly("a:1");
    }

    @Test
    void two_wishes_for_one_library_are_settled_as_maven_does_and_told() {
        repository
                .jar("g", "a", "1", needing(needs("g", "b", "1", ""), needs("g", "c", "1", "")))
                .jar("g", "b", "1", needing(needs("g", "c", "2", "")))
                .jar("g", "c", "1")
                .jar("g", "c", "2");

        Added added = add("%maven g:a:1");

        assertThat(names(added)).containsExactly("a:1", "b:1", "c:1");
        assertThat(added.notes()).containsExactly("g:c 1 instead of 2 (for g:b:1)");
    }

    @Test
    void a_loaded_version_stays_and_a_later_wish_for_another_is_told() {
        repository.jar("g", "c", "1").jar("g", "c", "2").jar("g", "b", "1", needing(needs("g", "c", "2", "")));
        add("%maven g:c:1");

        Added added = add("%maven g:b:1");

        assertThat(names(added)).containsExactly("b:1");
        assertThat(added.notes()).containsExactly("g:c 1, which is loaded, instead of 2 (for g:b:1)");
        assertThat(add("%maven g:c:1").libraries()).isEmpty();
        assertThatThrownBy(() -> add("int x;\n%maven g:c:2"))
                .isInstanceOfSatisfying(
                        CellProblem.class, problem -> assertThat(problem.line()).isEqualTo(2))
                .hasMessageContaining("g:c is loaded in version 1, and 2 cannot replace it in this session")
                .hasMessageContaining("restart the kernel");
    }

    @Test
    void a_range_takes_the_newest_version_in_it_or_the_loaded_one() {
        repository
                .versions("g", "a", "1.0", "1.5", "2.0")
                .jar("g", "a", "1.0")
                .jar("g", "a", "1.5")
                .jar("g", "a", "2.0");

        assertThat(names(add("%maven g:a:[1.0,2.0)"))).containsExactly("a:1.5");
        assertThat(names(add("%maven g:a:[1.0,2.0]"))).isEmpty();
        assertThatThrownBy(() -> repository
                        .libraries(repository.settings())
                        .add(CellStatements.of("%maven g:a:[3,4)"), new Ignored()))
                .hasMessageContaining("no version of g:a is in [3,4)")
                .hasMessageContaining("2.0, 1.5, 1.0");
    }

    @Test
    void a_bom_gives_versions_to_names_without_one_in_later_cells_too() {
        repository
                .pom(
                        "g",
                        "bom",
                        "7",
                        "<dependencyManagement>" + needing(needs("g", "a", "1", ""), needs("g", "c", "2", ""))
                                + "</dependencyManagement>")
                .jar("g", "a", "1", needing(needs("g", "c", "1", "")))
                .jar("g", "c", "1")
                .jar("g", "c", "2");
        add("%maven bom g:bom:7");

        assertThat(names(add("%maven g:a"))).containsExactly("a:1", "c:2");
        assertThatThrownBy(() -> add("%maven g:unknown"))
                .hasMessageContaining("g:unknown has no version and no BOM gives it one");
        assertThatThrownBy(() -> add("%maven bom g:bomb:7")).hasMessageContaining("there is no g:bomb:pom:7");
    }

    @Test
    void a_pasted_piece_of_a_pom_brings_its_dependencies_properties_and_managed_versions() {
        repository
                .jar("g", "a", "1", needing(needs("g", "c", "1", "")))
                .jar("g", "b", "3")
                .jar("g", "c", "1")
                .jar("g", "c", "2");

        Added added = add("""
                %%loadFromPOM
                <properties><a.version>1</a.version></properties>
                <dependencyManagement><dependencies>
                  <dependency><groupId>g</groupId><artifactId>c</artifactId><version>2</version></dependency>
                </dependencies></dependencyManagement>
                <dependency><groupId>g</groupId><artifactId>a</artifactId><version>${a.version}</version></dependency>
                <dependency><groupId>g</groupId><artifactId>b</artifactId><version>3</version></dependency>
                <dependency><groupId>g</groupId><artifactId>t</artifactId><version>1</version><scope>test</scope></dependency>
                """);

        assertThat(names(added)).containsExactly("a:1", "c:2", "b:3");
    }

    @Test
    void a_pom_file_is_read_with_its_repositories_and_what_is_no_pom_is_refused_at_its_line() throws Exception {
        Path other = folder.resolve("other");
        new TestRepository(other).jar("g", "far", "1");
        libraries.close();
        libraries = repository.libraries(repository.settings(""));
        Path pom = folder.resolve("pom.xml");
        Files.writeString(
                pom,
                "<project><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId>"
                        + "<version>1</version><repositories><repository><id>other</id><url>"
                        + other.resolve("repository").toUri() + "</url></repository></repositories>"
                        + needing(needs("g", "far", "1", "")) + "</project>");

        assertThat(names(add("%loadFromPOM " + pom))).containsExactly("far:1");
        assertThatThrownBy(() -> add("\n%loadFromPOM missing.xml"))
                .isInstanceOfSatisfying(
                        CellProblem.class, problem -> assertThat(problem.line()).isEqualTo(2))
                .hasMessageContaining("there is no file");
        assertThatThrownBy(() -> add("%%loadFromPOM\n<dependency>")).hasMessageContaining("no XML of a pom");
    }

    @Test
    void a_misspelt_coordinate_names_who_was_asked_and_what_is_near() {
        repository.jar("com.google.guava", "guava", "31").versions("com.google.guava", "guava", "31");
        add("%maven com.google.guava:guava:31");

        assertThatThrownBy(() -> add("%maven com.googel.guava:guava:31"))
                .hasMessageContaining("there is no com.googel.guava:guava:31")
                .hasMessageContaining("Asked: test (file:")
                .hasMessageContaining("Near it in the local repository: com.google.guava:guava:31.");
        assertThat(libraries.all()).hasSize(1);
    }

    @Test
    void a_wrong_version_names_those_there_are() {
        repository.jar("g", "a", "1.0").versions("g", "a", "0.9", "1.0");

        assertThatThrownBy(() -> add("%maven g:a:3.0")).hasMessageContaining("Its newest versions: 1.0, 0.9.");
    }

    @Test
    void what_a_library_needs_and_nobody_has_is_told_with_who_needs_it() {
        repository.jar("g", "a", "1", needing(needs("g", "gone", "1", "")));

        assertThatThrownBy(() -> add("%maven g:a:1")).hasMessageContaining("there is no g:gone:1, which g:a:1 needs");
    }

    @Test
    void offline_takes_what_is_in_the_local_repository_and_says_what_is_not() {
        repository.jar("g", "a", "1").jar("g", "b", "1");
        add("%maven g:a:1");
        libraries.close();
        libraries = repository.libraries(repository.settings());

        assertThat(names(add("%maven g:a:1 --offline"))).containsExactly("a:1");
        assertThatThrownBy(() -> add("%maven g:b:1 --offline"))
                .hasMessageContaining("g:b:1 is not in the local repository, and Maven is offline");
    }

    @Test
    void a_snapshot_is_loaded_from_a_copy_and_a_new_session_sees_the_new_one() throws Exception {
        Path repositoryOfBuild = folder.resolve("build");
        TestRepository build = new TestRepository(repositoryOfBuild).jar("g", "s", "1-SNAPSHOT");
        String cell = "%mavenRepo build " + build.place().toUri() + "\n%maven g:s:1-SNAPSHOT --update";
        libraries.close();
        libraries = repository.libraries(repository.settings(""));
        Library first = add(cell).libraries().get(0);

        assertThat(first.coordinate()).isEqualTo("g:s:1-SNAPSHOT");
        assertThat(first.path()).startsWith(folder.resolve("kept"));
        assertThat(version(first, "s")).isEqualTo("1-SNAPSHOT");
    }

    @Test
    void classifiers_and_other_kinds_are_taken_by_name() {
        repository.jar("g", "a", "1");
        Path tests = repository.place().resolve("g/a/1/a-1-tests.jar");
        TestRepository.write(tests, new byte[] {1});

        assertThat(names(add("%maven g:a:1 g:a:1:tests"))).containsExactly("a:1", "a:jar:tests:1");
    }

    @Test
    void what_the_product_has_is_not_loaded_again() {
        repository.jar("g", "a", "1", needing(needs("org.product", "product", "5", "")));

        assertThat(names(add("%maven g:a:1 org.product:product:4"))).containsExactly("a:1");
    }

    @Test
    void a_jar_a_folder_of_jars_and_a_folder_of_classes_go_on_the_class_path() throws Exception {
        repository.jar("g", "a", "1").jar("g", "b", "1");
        Path jars = Files.createDirectories(folder.resolve("jars"));
        Files.copy(repository.place().resolve("g/b/1/b-1.jar"), jars.resolve("b.jar"));
        Path classes = folder.resolve("classes");
        TestRepository.write(
                classes.resolve("lib/C.class"),
                TestRepository.compiled(
                        "C", "package lib; public class C { public static String version() { return \"c\"; } }"));

        Added added = add("%classpath " + repository.place().resolve("g/a/1/a-1.jar") + "\n%jars " + jars
                + "/*.jar\n%classpath " + classes);

        assertThat(added.libraries())
                .hasSize(3)
                .allSatisfy(library -> assertThat(library.sha256()).hasSize(64));
        assertThat(version(added.libraries().get(2), "C")).isEqualTo("c");
        assertThatThrownBy(() -> add("%classpath nowhere.jar")).hasMessageContaining("there is no jar or folder");
        assertThatThrownBy(() -> add("%classpath " + folder + "/empty/*.jar"))
                .hasMessageContaining("there is no jar in");
    }

    @Test
    void what_is_malformed_in_a_repository_is_told_not_thrown() {
        TestRepository.write(
                repository.place().resolve("g/bad/1/bad-1.pom"), "<project".getBytes(StandardCharsets.UTF_8));
        TestRepository.write(repository.place().resolve("g/bad/1/bad-1.jar"), new byte[] {1});

        assertThatThrownBy(() -> add("%maven bom g:bad:1")).isInstanceOf(CellProblem.class);
    }

    @Test
    void local_names_are_known_newest_first() {
        repository.jar("g", "a", "1.9").jar("g", "a", "1.10");
        add("%maven g:a:1.9");
        libraries.close();
        libraries = repository.libraries(repository.settings());
        add("%maven g:a:1.10");

        assertThat(libraries.local()).containsEntry("g:a", List.of("1.10", "1.9"));
    }

    /** Nobody watches. */
    private static final class Ignored implements Downloads {
        @Override
        public void progressed(String file, long bytes) {}

        @Override
        public void finished(String file) {}

        @Override
        public boolean isCancelled() {
            return false;
        }
    }
}
