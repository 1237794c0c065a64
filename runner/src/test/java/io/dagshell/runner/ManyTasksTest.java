package io.dagshell.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.model.State;
import io.dagshell.store.RunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ManyTasksTest {
    @TempDir
    private Path folder;

    @Test
    void a_hundred_thousand_tasks_complete_in_a_small_heap_and_are_all_on_record() throws Exception {
        String told = run(folder.toString(), 100_000);

        System.out.println(told);
        assertThat(told).contains("sum 5000050000, ");
        try (RunStore store = RunStore.open(folder.resolve("dagshell.db"))) {
            assertThat(store.runs(200)).allMatch(run -> run.state() == State.COMPLETED);
            var many = store.runs(200).stream()
                    .filter(run -> run.parametersJson().contains("100000"))
                    .findFirst()
                    .orElseThrow();
            assertThat(store.run(many.id()).orElseThrow().tasks())
                    .hasSize(100_001)
                    .allMatch(task -> task.status().state() == State.COMPLETED);
        }
        assertThat(folder.resolve("cache/results/runs")).isEmptyDirectory();
    }

    @Test
    void a_hundred_thousand_tasks_complete_in_a_small_heap_in_memory() throws Exception {
        String told = run("memory", 100_000);

        System.out.println(told);
        assertThat(told).contains("sum 5000050000, ");
    }

    private static String run(String home, int tasks) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx48m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManyTasks.class.getName(),
                        home,
                        String.valueOf(tasks))
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
