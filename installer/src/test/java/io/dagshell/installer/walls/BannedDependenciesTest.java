package io.dagshell.installer.walls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Enforcer's walls, tried on a copy of the build files in which every room depends on something it must not. */
class BannedDependenciesTest {
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
    private static final Map<String, String> BREACHES = new LinkedHashMap<>(Map.of(
            "engine", "org.postgresql:postgresql",
            "kernel", "org.postgresql:postgresql",
            "tables", "io.dagshell:dagshell-kernel",
            "store", "tech.tablesaw:tablesaw-core",
            "blocks", "io.dagshell:dagshell-kernel",
            "clouds", "io.dagshell:dagshell-store",
            "magics", "tech.tablesaw:tablesaw-core",
            "notebooks", "tech.tablesaw:tablesaw-core",
            "runner", "org.zeromq:jeromq",
            "server", "io.dagshell:dagshell-runner"));

    @TempDir
    Path copy;

    @Test
    void a_dependency_through_a_wall_fails_the_build_of_every_room() throws Exception {
        assumeThat(maven()).as("Maven on the PATH").isPresent();
        copyBuildFiles();
        for (Map.Entry<String, String> breach : BREACHES.entrySet()) {
            add(breach.getValue(), copy.resolve(breach.getKey()).resolve("pom.xml"));
        }

        String output = validate();

        for (String room : BREACHES.keySet()) {
            assertThat(output).contains("on project dagshell-" + room + ":");
        }
        assertThat(output).contains("BannedDependencies failed");
    }

    private void copyBuildFiles() throws IOException {
        try (Stream<Path> children = Files.list(CHECKOUT)) {
            for (Path child : children.toList()) {
                Path pom = child.resolve("pom.xml");
                if (Files.exists(pom)) {
                    Path room = Files.createDirectories(
                            copy.resolve(child.getFileName().toString()));
                    Files.copy(pom, room.resolve("pom.xml"));
                }
            }
        }
        Files.copy(CHECKOUT.resolve("pom.xml"), copy.resolve("pom.xml"));
        Path settings = Files.createDirectories(copy.resolve(".mvn"));
        Files.copy(CHECKOUT.resolve(".mvn/jvm.config"), settings.resolve("jvm.config"));
    }

    private static void add(String artifact, Path pom) throws IOException {
        String[] names = artifact.split(":");
        String dependency = "<dependency><groupId>" + names[0] + "</groupId><artifactId>" + names[1]
                + "</artifactId></dependency>\n  </dependencies>";
        Files.writeString(pom, Files.readString(pom).replaceFirst("</dependencies>", dependency));
    }

    private String validate() throws IOException, InterruptedException {
        Path log = copy.resolve("log");
        List<String> command =
                List.of(maven().orElseThrow().toString(), "-o", "-B", "--fail-never", "validate", "-pl", "!benchmarks");
        Process build = new ProcessBuilder(command)
                .directory(copy.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        build.getOutputStream().close();
        build.waitFor();
        return Files.readString(log, StandardCharsets.UTF_8);
    }

    private static java.util.Optional<Path> maven() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(":"))
                .map(folder -> Path.of(folder, "mvn"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
