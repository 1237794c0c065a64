package io.dagshell.store.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.model.State;
import io.dagshell.store.Database;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Processes that serve are killed at any moment: no due instant is lost or run twice, and no run stays as it was. */
abstract class KillContract extends OrchestrationFixture {
    private static final int SCHEDULES = 30;

    abstract String address();

    @Override
    Database open() {
        return Database.at(address());
    }

    @Test
    void processes_killed_while_they_tick_and_claim_neither_lose_nor_double_a_run() throws Exception {
        List<ScheduleSpec> specs = new ArrayList<>();
        for (int i = 0; i < SCHEDULES; i++) {
            specs.add(every(10).withOverlap(Overlap.ALLOW).withCatchUp(CatchUp.ALL));
        }
        for (int i = 0; i < SCHEDULES; i++) {
            state.deployments()
                    .apply(spec(new DeploymentName("d" + i), "d" + i).withSchedules(List.of(specs.get(i))), false);
        }
        Instant end = START;
        Random random = new Random(11);
        for (int kill = 0; kill < 4; kill++) {
            end = served(end, 3 + random.nextInt(4), random.nextInt(40));
        }
        TestClock rest = new TestClock(end);
        ServingProcess.serve(database, rest, end.plus(ServingProcess.STEP.multipliedBy(10)));

        List<FlowRun> all = all();
        long dues = Duration.between(START, rest.instant().minus(ServingProcess.STEP))
                        .toSeconds()
                / 10;
        Map<String, Long> byDue = all.stream()
                .collect(Collectors.groupingBy(
                        run -> run.plan().deployment() + " " + run.plan().due(), Collectors.counting()));
        assertThat(byDue)
                .hasSize((int) dues * SCHEDULES)
                .allSatisfy((due, count) -> assertThat(count).isEqualTo(1));
        assertThat(all).allMatch(run -> run.status().state().isTerminal());
        assertThat(all.stream().filter(run -> run.status().state() == State.CRASHED))
                .hasSizeLessThanOrEqualTo(4 * 60);
        assertThat(all.stream().filter(run -> run.status().state() == State.COMPLETED))
                .isNotEmpty();
    }

    private Instant served(Instant from, int steps, int millis) throws Exception {
        Process process = ServingProcess.start(address(), from, from.plus(Duration.ofDays(1)));
        Instant last = from;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (int step = 0; step < steps; step++) {
                last = Instant.parse(String.valueOf(lines.readLine()));
            }
            Thread.sleep(millis);
            process.destroyForcibly();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        return last;
    }
}
