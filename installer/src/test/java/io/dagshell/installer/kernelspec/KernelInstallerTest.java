package io.dagshell.installer.kernelspec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dagshell.installer.CommandProblem;
import io.dagshell.installer.Distribution;
import io.dagshell.installer.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelInstallerTest {

    @TempDir
    Path folder;

    private Distribution built;
    private Place place;
    private JdkSearch search;

    @BeforeEach
    void build() throws IOException {
        Path root = Files.createDirectories(folder.resolve("check out/dist"));
        Files.createDirectories(root.resolve("lib"));
        Files.writeString(root.resolve("lib/a.jar"), "one");
        Files.writeString(root.resolve("lib/dagshell-installer-1.jar"), "two");
        Files.writeString(root.resolve("kernel.flags"), "-Xshare:auto\n");
        Files.writeString(root.resolve("command.flags"), "-Xshare:auto\n");
        Files.writeString(root.resolve("server.flags"), "-Xshare:auto\n");
        built = new Distribution(root);
        place = Place.prefix(folder.resolve("prefix"));
        search = new JdkSearch(Map.of(), List.of(), fakeJdk("jdk", "17.0.15"));
    }

    @Test
    void the_spec_starts_the_kernel_from_the_jar_of_a_copy_by_its_absolute_path() throws IOException {
        new KernelInstaller(place, search).install(built);

        JsonNode spec =
                new ObjectMapper().readTree(place.spec().resolve("kernel.json").toFile());
        List<String> arguments = new ArrayList<>();
        spec.path("argv").forEach(argument -> arguments.add(argument.asText()));
        Path copy = onlyCopy();
        assertThat(arguments)
                .containsExactly(
                        "/bin/sh",
                        copy.resolve("kernel.sh").toString(),
                        folder.resolve("jdk/bin/java").toString(),
                        "",
                        "{connection_file}");
        assertThat(spec.path("display_name").asText()).isEqualTo("Java (DagShell)");
        assertThat(spec.path("language").asText()).isEqualTo("java");
        assertThat(spec.path("interrupt_mode").asText()).isEqualTo("message");
        assertThat(place.spec())
                .isDirectoryContaining(file -> file.endsWith("logo-32x32.png"))
                .isDirectoryContaining(file -> file.endsWith("logo-64x64.png"))
                .isDirectoryContaining(file -> file.endsWith("logo-svg.svg"));
    }

    @Test
    void the_copy_outlives_the_checkout() throws IOException {
        new KernelInstaller(place, search).install(built);
        InstalledCopy.delete(built.root());

        assertThat(onlyCopy().resolve("lib/a.jar")).hasContent("one");
        assertThat(place.launcher()).isExecutable().content().contains("'" + onlyCopy() + "'");
    }

    @Test
    void a_rebuilt_product_is_a_new_copy_and_the_one_before_stays_for_kernels_that_run() throws IOException {
        for (String content : List.of("one", "changed", "changed again")) {
            Files.writeString(built.lib().resolve("a.jar"), content);
            new KernelInstaller(place, search).install(built);
            try (Stream<Path> copies = Files.list(place.libraries())) {
                for (Path copy : copies.toList()) {
                    Instant older = Files.getLastModifiedTime(copy).toInstant().minusSeconds(60);
                    Files.setLastModifiedTime(copy, FileTime.from(older));
                }
            }
        }

        try (Stream<Path> copies = Files.list(place.libraries())) {
            List<String> kept = new ArrayList<>();
            for (Path copy : copies.toList()) {
                kept.add(Files.readString(copy.resolve("lib/a.jar")));
            }
            assertThat(kept).containsExactlyInAnyOrder("changed", "changed again");
        }
    }

    @Test
    void a_copy_has_no_archive_of_another_folder() throws IOException {
        List<String> bound = List.of(
                "kernel.aot",
                "kernel.jsa",
                "kernel.release",
                "command.jsa",
                "command.archived",
                "server.jsa",
                "server.archived",
                "server-archive.log");
        for (String file : bound) {
            Files.writeString(built.root().resolve(file), "made elsewhere");
        }
        new KernelInstaller(place, search).install(built);

        for (String file : bound) {
            Path copied = onlyCopy().resolve(file);
            assertThat(Files.exists(copied) ? Files.readString(copied) : "")
                    .as(file)
                    .isNotEqualTo("made elsewhere");
        }
    }

    @Test
    void other_flags_with_the_same_jars_are_a_new_copy() throws IOException {
        new KernelInstaller(place, search).install(built);
        Path before = onlyCopy();
        Files.writeString(built.root().resolve("kernel.flags"), "-Xshare:auto\n-Xmx2g\n");
        new KernelInstaller(place, search).install(built);

        JsonNode spec =
                new ObjectMapper().readTree(place.spec().resolve("kernel.json").toFile());
        Path script = Path.of(spec.path("argv").get(1).asText());
        assertThat(script.getParent()).isNotEqualTo(before);
        assertThat(script.resolveSibling("kernel.flags")).content().contains("-Xmx2g");
    }

    @Test
    void installing_twice_is_installing_once() throws IOException {
        new KernelInstaller(place, search).install(built);
        new KernelInstaller(place, search).install(built);

        assertThat(onlyCopy()).exists();
    }

    @Test
    void uninstalling_takes_all_of_it_away() throws IOException {
        new KernelInstaller(place, search).install(built);

        List<Path> gone = new KernelInstaller(place, search).uninstall();

        assertThat(gone).containsExactly(place.spec(), place.launcher(), place.libraries());
        assertThat(gone).noneMatch(Files::exists);
        assertThat(new KernelInstaller(place, search).uninstall()).isEmpty();
    }

    @Test
    void without_a_jdk_nothing_is_installed_and_it_says_what_to_do() throws IOException {
        JdkSearch none = new JdkSearch(Map.of(), List.of(), fakeJdk("old", "11.0.2"));

        assertThatThrownBy(() -> new KernelInstaller(place, none).install(built))
                .isInstanceOfSatisfying(
                        CommandProblem.class,
                        problem -> assertThat(problem.code()).isEqualTo(ExitCode.BAD_INPUT))
                .hasMessageContaining("No JDK 17 or newer");
        assertThat(place.spec()).doesNotExist();
    }

    @Test
    void the_newest_jdk_wins_and_a_runtime_without_compiler_does_not_count() throws IOException {
        fakeJdk("jvm/21", "21.0.2");
        fakeJdk("jvm/25", "25.0.3");
        Path runtime = fakeJdk("jvm/26", "26");
        Files.writeString(runtime.resolve("release"), "JAVA_VERSION=\"26\"\nMODULES=\"java.base java.sql\"\n");
        JdkSearch machine = new JdkSearch(Map.of(), List.of(folder.resolve("jvm")), folder.resolve("jdk"));

        assertThat(machine.newest()).map(Jdk::feature).contains(25);
    }

    @Test
    void java_home_is_looked_at_too() throws IOException {
        Path set = fakeJdk("elsewhere/27", "27-ea");
        JdkSearch machine = new JdkSearch(Map.of("JAVA_HOME", set.toString()), List.of(), folder.resolve("jdk"));

        assertThat(machine.newest()).map(Jdk::home).contains(set);
    }

    @Test
    void a_chosen_jdk_goes_before_a_newer_one_and_must_be_one() throws IOException {
        Path chosen = fakeJdk("chosen", "17.0.1");

        assertThat(KernelInstaller.withJdk(place, chosen).install(built).java()).isEqualTo(chosen.resolve("bin/java"));
        assertThatThrownBy(() -> KernelInstaller.withJdk(place, folder).install(built))
                .isInstanceOf(CommandProblem.class);
    }

    private Path onlyCopy() throws IOException {
        try (Stream<Path> copies = Files.list(place.libraries())) {
            List<Path> found = copies.toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    /** A kit whose java does nothing. */
    private Path fakeJdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Path java = Files.writeString(home.resolve("bin/java"), "#!/bin/sh\nexit 1\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(
                home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\nMODULES=\"java.base jdk.jshell\"\n");
        return home;
    }
}
