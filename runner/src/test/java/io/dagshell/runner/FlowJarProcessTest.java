package io.dagshell.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.deploy.DependencyLock;
import io.dagshell.engine.event.EventJson;
import io.dagshell.engine.event.OutboxLine;
import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.store.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code java -jar flow.jar} in a JVM of its own, with the libraries of this test's class path. */
class FlowJarProcessTest extends FlowJarProcesses {
    @Test
    void it_runs_the_flow_with_the_values_of_the_page_beside_it() throws Exception {
        Path jar = flowJar("System.out.println(\"gr\\u00fcn \" + java.nio.charset.Charset.defaultCharset() + \" \""
                + " + java.time.ZoneId.systemDefault()); return n;");
        Files.writeString(
                jar.resolveSibling("deployment.yaml"), "name: x\nparameters:\n  year: 1999\n  color: green\n");

        Ended first = run(jar, "run", "-p", "year=2021");
        Ended second = run(jar, "run", "-p", "year=2021");

        assertThat(first.code()).as(first.text()).isZero();
        assertThat(first.text())
                .contains("grün UTF-8 ", "Root flow: Completed in ")
                .doesNotContain("SLF4J", "flyway");
        assertThat(second.text()).contains("cache hit");
        try (RunStore store = RunStore.open(home.resolve("dagshell.db"))) {
            assertThat(store.runs(10))
                    .hasSize(2)
                    .allSatisfy(record -> assertThat(record.toString()).contains("2021", "green"));
        }
    }

    @Test
    void what_does_not_fit_is_told_in_a_sentence_and_ends_with_two() throws Exception {
        Path jar = flowJar("return n;");

        assertThat(run(jar, "run", "--fresh")).isEqualTo(new Ended(2, USAGE));
        assertThat(run(jar, "run").text()).startsWith("Flow root: parameter year (int) is required");
        Files.writeString(jar.resolveSibling("deployment.yaml"), "parameters:\n  size: 3\n");
        assertThat(run(jar, "run", "-p", "year=1").text()).startsWith("Flow root: there is no parameter size");
    }

    @Test
    void a_failure_shows_the_users_lines_only() throws Exception {
        Ended ended = run(flowJar("throw new java.io.IOException(\"no such table\");"), "run", "-p", "year=1");

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.text())
                .contains("java.io.IOException: no such table")
                .doesNotContain("io.dagshell.engine", "java.lang.reflect", "Bootstrap");
    }

    @Test
    void a_library_that_is_not_there_is_named_with_what_to_do() throws Exception {
        Path jar = flowJar("return n;");
        DependencyLock.Entry first = lock.entries().get(0);
        Files.delete(home.resolve("cache/libraries").resolve(first.sha256()).resolve(first.file()));

        Ended ended = run(jar, "run", "-p", "year=1");

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.text())
                .startsWith("The library " + first.file() + " is not in the library store")
                .contains("build the deployment on this machine");
    }

    @Test
    void another_release_of_the_jdk_is_refused_with_the_reason() throws Exception {
        Ended ended = run(flowJar("return n;", 11), "run", "-p", "year=1");

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.text())
                .contains("was built on JDK 11 and runs on that release only; this is JDK "
                        + Runtime.version().feature());
    }

    @Test
    void a_request_to_stop_cancels_the_run_and_its_record_says_so() throws Exception {
        Process process = start(
                flowJar("System.out.println(\"sleeping\"); Thread.sleep(60_000); return n;"), "run", "-p", "year=1");
        StringBuilder seen = new StringBuilder();
        while (!seen.toString().contains("sleeping")) {
            seen.append((char) process.getInputStream().read());
        }

        process.destroy();

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        try (RunStore store = RunStore.open(home.resolve("dagshell.db"))) {
            assertThat(store.runs(10))
                    .singleElement()
                    .satisfies(run -> assertThat(run.state()).isEqualTo(State.CANCELLED));
        }
    }

    @Test
    void what_a_killed_run_finished_another_process_does_not_repeat() throws Exception {
        Path marks = Files.createDirectories(folder.resolve("marks"));
        Path jar = flowJar(CompiledFlow.compileResumable(Files.createDirectories(folder.resolve("classes")), marks));
        Process first = start(jar, "run", "-p", "year=2021");
        while (!Files.exists(marks.resolve("wait-started"))) {
            assertThat(first.isAlive()).isTrue();
            Thread.sleep(20);
        }
        first.destroyForcibly().waitFor();
        String id;
        try (RunStore store = RunStore.open(home.resolve("dagshell.db"))) {
            assertThat(store.runs(10)).singleElement().satisfies(run -> {
                assertThat(run.state()).isEqualTo(State.CRASHED);
                assertThat(run.message()).contains("process " + first.pid() + " ended without telling the run's end");
            });
            id = store.runs(1).get(0).id().toString();
            assertThat(store.run(RunId.parse(id)).orElseThrow().tasks())
                    .extracting(task -> task.status().state())
                    .startsWith(State.CRASHED)
                    .allMatch(State::isTerminal);
        }
        Files.writeString(marks.resolve("go"), "");

        Ended second = run(jar, "run", "--resume", id);

        assertThat(second.code()).as(second.text()).isZero();
        assertThat(second.text()).contains(", resumes " + id, "finished in run " + id);
        assertThat(Files.readString(marks.resolve("effects"))).isEqualTo("2021\n");
        try (RunStore store = RunStore.open(home.resolve("dagshell.db"))) {
            assertThat(store.runs(1).get(0).resumes()).contains(RunId.parse(id));
            assertThat(store.runs(1).get(0).parametersJson()).contains("2021");
        }
        Ended third = run(jar, "run", "--resume", id);
        assertThat(third.code()).isEqualTo(2);
        assertThat(third.text()).contains("was resumed by", "which is Completed.");
        assertThat(run(jar, "run", "--resume", "ffff").text()).startsWith("There is no run ffff");
        assertThat(run(jar, "run", "--resume", id, "-p", "year=1").text())
                .startsWith("A resumed run has the parameters of the run it resumes; leave out -p.");
    }

    @Test
    void an_ordered_run_tells_its_outbox_and_nobody_else() throws Exception {
        Path jar = flowJar("System.out.println(\"due \" + io.dagshell.engine.Dag.scheduledTime()); return n;");
        RunId id = RunId.create(Instant.now());
        Path order =
                order(id, "{\"run\":\"" + id + "\",\"due\":\"2026-01-31T06:00:00Z\",\"parameters\":{\"year\":2021}}");

        Ended ended = run(jar, "run", "--order", order.toString());

        assertThat(ended).isEqualTo(new Ended(0, ""));
        List<RunEvent> events = events(order);
        assertThat(events).allSatisfy(event -> assertThat(event.run()).isEqualTo(id));
        assertThat(events.get(0)).isInstanceOf(RunEvent.RunStarted.class);
        assertThat(events.get(events.size() - 1))
                .isInstanceOfSatisfying(
                        RunEvent.RunFinished.class,
                        end -> assertThat(end.state()).isEqualTo(State.COMPLETED));
        assertThat(events.toString()).contains("due 2026-01-31T06:00:00Z");
        assertThat(Files.readString(order.resolve("process"))).matches("\\d+ \\d+\n");
        assertThat(home.resolve("dagshell.db")).doesNotExist();
    }

    @Test
    void what_an_ordered_run_told_before_it_was_killed_is_in_its_outbox() throws Exception {
        Path marks = Files.createDirectories(folder.resolve("marks"));
        Path jar = flowJar(CompiledFlow.compileResumable(Files.createDirectories(folder.resolve("classes")), marks));
        RunId id = RunId.create(Instant.now());
        Path order =
                order(id, "{\"run\":\"" + id + "\",\"due\":\"2026-01-31T06:00:00Z\",\"parameters\":{\"year\":2021}}");
        Process child = start(jar, "run", "--order", order.toString());
        while (!Files.exists(marks.resolve("wait-started"))
                || !events(order).toString().contains("hang")) {
            assertThat(child.isAlive()).isTrue();
            Thread.sleep(20);
        }
        child.destroyForcibly().waitFor();

        assertThat(Files.readString(order.resolve("process"))).startsWith(child.pid() + " ");
        Files.writeString(marks.resolve("go"), "");
        RunId again = RunId.create(Instant.now());
        Path resumed = order(
                again,
                "{\"run\":\"" + again
                        + "\",\"due\":\"2026-01-31T06:00:00Z\",\"parameters\":{\"year\":2021},\"resumes\":\"" + id
                        + "\"}");

        assertThat(run(jar, "run", "--order", resumed.toString()).code()).isZero();
        assertThat(events(resumed).toString()).contains("resumes=Optional[" + id, "RESUMED");
        assertThat(Files.readString(marks.resolve("effects"))).isEqualTo("2021\n");
    }

    @Test
    void an_order_that_does_not_fit_the_flow_is_told_with_two() throws Exception {
        RunId id = RunId.create(Instant.now());
        Path order =
                order(id, "{\"run\":\"" + id + "\",\"due\":\"2026-01-31T06:00:00Z\",\"parameters\":{\"yeer\":2021}}");

        Ended ended = run(flowJar("return n;"), "run", "--order", order.toString());

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.text()).contains("there is no parameter yeer, did you mean year?");
    }

    private Path order(RunId id, String json) throws IOException {
        Path order = Files.createDirectories(home.resolve("outbox/" + id));
        Files.writeString(order.resolve("order.json"), json);
        return order;
    }

    private static List<RunEvent> events(Path order) throws IOException {
        Path file = order.resolve(OutboxLine.FILE);
        if (!Files.exists(file)) {
            return List.of();
        }
        return Files.readString(file)
                .lines()
                .flatMap(line -> OutboxLine.json(line).stream())
                .map(EventJson::read)
                .toList();
    }

    private static final String USAGE = "There is no option '--fresh'.\n" + RunArguments.USAGE;
}
