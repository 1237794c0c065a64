package io.dagshell.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.server.agent.ClassArchives.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Archives of classes, written and read by real virtual machines. */
@Timeout(60)
class ClassArchivesTest {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    @TempDir
    Path folder;

    private Path jar;
    private ClassArchives archives;

    @BeforeEach
    void makesAProgram() throws Exception {
        Path source = folder.resolve("Hello.java");
        Files.writeString(source, """
                public class Hello {
                    public static void main(String[] arguments) {
                        System.out.println("hello");
                        System.exit(arguments.length);
                    }
                }
                """);
        jar = folder.resolve("hello.jar");
        tool("javac", source.toString());
        tool("jar", "--create", "--file", jar.toString(), "-C", folder.toString(), "Hello.class");
        archives = new ClassArchives(archiveFolder());
    }

    private static void tool(String name, String... arguments) {
        assertThat(ToolProvider.findFirst(name).orElseThrow().run(System.out, System.err, arguments))
                .isZero();
    }

    private Path archiveFolder() {
        return folder.resolve("archives");
    }

    /** Runs the program as that plan says; what it told of where its class came from. */
    private String run(Plan plan, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(JAVA.toString(), "-Xlog:class+load"));
        command.addAll(plan.flags());
        command.addAll(List.of("-cp", jar.toString(), "Hello"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        archives.begun(plan, process);
        String told = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        process.onExit().thenAccept(ended -> {}).get(10, TimeUnit.SECONDS);
        return told.lines().filter(line -> line.contains(" Hello ")).findFirst().orElse(told);
    }

    private Plan plan() {
        return archives.plan(JAVA, List.of(jar));
    }

    private Plan planWithArchive() throws InterruptedException {
        Plan plan = plan();
        for (int i = 0; i < 200 && plan.flags().stream().noneMatch(flag -> flag.contains("SharedArchiveFile")); i++) {
            Thread.sleep(20);
            plan = plan();
        }
        return plan;
    }

    @Test
    void the_first_run_that_ends_well_leaves_the_classes_for_all_later_ones() throws Exception {
        assertThat(run(plan())).contains("source: file:");

        assertThat(run(planWithArchive())).contains("source: shared objects file (top)");
    }

    @Test
    void a_run_beside_the_one_that_writes_has_nothing_to_do_with_it() {
        assertThat(plan().writes()).isTrue();
        assertThat(plan()).matches(plan -> !plan.writes() && plan.flags().isEmpty());
    }

    @Test
    void a_run_that_fails_leaves_no_archive_and_the_next_one_writes_it() throws Exception {
        run(plan(), "fails");

        Plan next = plan();
        for (int i = 0; i < 200 && !next.writes(); i++) {
            Thread.sleep(20);
            next = plan();
        }
        assertThat(next.writes()).isTrue();
        assertThat(archiveFolder()).isEmptyDirectory();
    }

    @Test
    void a_damaged_archive_and_one_of_other_jars_is_worked_without() throws Exception {
        run(plan());
        Plan plan = planWithArchive();
        Files.write(plan.archive(), new byte[1000]);
        assertThat(run(plan)).contains("source: file:");

        assertThat(archives.plan(JAVA, List.of(jar, jar)).writes()).isTrue();
    }

    @Test
    void what_an_agent_that_was_killed_left_half_written_goes_when_the_next_one_starts() throws Exception {
        Path half = Files.createDirectories(archiveFolder()).resolve("one.jsa.part");
        Files.write(half, new byte[10]);

        new ClassArchives(archiveFolder());

        assertThat(half).doesNotExist();
    }
}
