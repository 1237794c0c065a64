package io.dagshell.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dagshell.engine.event.EventJson;
import io.dagshell.engine.event.OutboxLine;
import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.event.RunEvent.LogLine;
import io.dagshell.engine.model.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
    private static final Path FULL = Path.of("/dev/full");
    private final BlockingQueue<String> warnings = new LinkedBlockingQueue<>();

    @TempDir
    private Path folder;

    @Test
    @Timeout(30)
    void events_wait_while_the_disk_is_full_and_none_is_missing_when_there_is_room_again() throws Exception {
        assumeTrue(Files.exists(FULL), "a device that is always full");
        Path file = folder.resolve(OutboxLine.FILE);
        Files.createSymbolicLink(file, FULL);
        List<RunEvent> events = events(5_000);

        try (Outbox outbox = Outbox.open(folder, warnings::add)) {
            events.forEach(outbox::accept);
            assertThat(warnings.poll(10, TimeUnit.SECONDS))
                    .contains(file.toString())
                    .contains("make room");
            Files.delete(file);
            outbox.flush();
            assertThat(warnings.poll(10, TimeUnit.SECONDS)).contains("none is missing");
        }
        assertThat(read(file)).isEqualTo(events);
    }

    @Test
    @Timeout(30)
    void a_folder_that_was_taken_away_ends_the_record_and_not_the_run() throws Exception {
        Path gone = folder.resolve("gone");
        try (Outbox outbox = Outbox.open(gone, warnings::add)) {
            events(3).forEach(outbox::accept);
            outbox.flush();
        }
        assertThat(warnings).singleElement().asString().contains("is gone");
    }

    private static List<RunEvent> events(int count) {
        RunId run = RunId.create(Instant.EPOCH);
        List<RunEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(new LogLine(run, Instant.EPOCH.plusSeconds(i), i, "INFO", "line " + i, false));
        }
        return events;
    }

    private static List<RunEvent> read(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> EventJson.read(OutboxLine.json(line).orElseThrow()))
                .toList();
    }
}
