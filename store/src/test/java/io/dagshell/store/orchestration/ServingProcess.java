package io.dagshell.store.orchestration;

import io.dagshell.engine.model.State;
import io.dagshell.store.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A process that is server and agent at once, in a time of its own: {@code DATABASE FROM TO}. Says how far it is. */
final class ServingProcess {
    static final Duration STEP = Duration.ofSeconds(10);

    private ServingProcess() {}

    public static void main(String[] arguments) {
        TestClock clock = new TestClock(Instant.parse(arguments[1]));
        try (Database database = Database.at(arguments[0])) {
            serve(database, clock, Instant.parse(arguments[2]));
        }
    }

    static void serve(Database database, TestClock clock, Instant end) {
        Orchestration state = Orchestration.of(database, (Clock) clock, Limits.defaults(), DueParameters.filled());
        String agent = "agent " + ProcessHandle.current().pid();
        while (!clock.instant().isAfter(end)) {
            state.tick(clock.instant());
            state.expire(clock.instant());
            Claim claim = new Claim(agent, List.of("default"), Set.of(17), 60, STEP.multipliedBy(2));
            for (FlowRun run : state.claim(claim)) {
                state.runs().begin(run.id(), agent);
                state.runs().finish(run.id(), agent, State.COMPLETED, Optional.empty());
            }
            System.out.println(clock.instant());
            clock.forward(STEP);
        }
    }

    static Process start(String database, Instant from, Instant to) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(ServingProcess.class.getName(), database, from.toString(), to.toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
