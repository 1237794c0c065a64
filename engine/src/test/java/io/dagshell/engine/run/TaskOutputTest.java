package io.dagshell.engine.run;

import static io.dagshell.engine.run.Cells.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.event.RunEvent.LogLine;
import io.dagshell.engine.event.RunEvent.Progressed;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskOutputTest {
    private final EventLog events = new EventLog();
    private final TickingClock clock = new TickingClock();
    private final Deque<OutputTee.Lines> open = new ArrayDeque<>();
    private final Engine engine = Engine.builder()
            .definitions(new Cells().task("fetch").flow("ingest"))
            .sink(events)
            .clock(clock)
            .tee(lines -> {
                open.push(lines);
                return () -> open.remove(lines);
            })
            .build();

    /** As a tee that tells every open capture, the flow's too. */
    private void print(boolean error, String text) {
        List.copyOf(open).forEach(lines -> lines.line(error, text));
    }

    @Test
    void what_a_task_prints_is_its_log_and_not_its_flows() throws Exception {
        engine.within(() -> call("ingest", () -> {
            print(false, "flow");
            call("fetch", () -> {
                print(false, "task");
                print(true, "problem");
                return 0;
            });
            return 0;
        }));

        assertThat(events.of(LogLine.class))
                .extracting(line -> line.ordinal() + " " + line.level() + " " + line.text())
                .containsExactly("0 STDOUT flow", "1 STDOUT task", "1 STDERR problem");
        assertThat(open).isEmpty();
    }

    @Test
    void progress_is_thinned_but_its_first_and_last_report_are_told() throws Exception {
        engine.within(() -> call("fetch", () -> {
            Progress progress = Engine.current().progress();
            for (int rows = 0; rows < 1_000; rows++) {
                progress.report(rows, -1, "rows");
                clock.tick(Duration.ofMillis(1));
            }
            return 0;
        }));

        assertThat(events.of(Progressed.class))
                .extracting(Progressed::done)
                .containsExactly(0L, 200L, 400L, 600L, 800L, 999L);
        assertThat(events.of(Progressed.class))
                .allMatch(progressed -> progressed.total().isEmpty());
    }

    @Test
    void the_end_of_progress_is_told_at_once() throws Exception {
        engine.within(() -> call("fetch", () -> {
            Engine.current().progress().report(1, 2, "bytes");
            Engine.current().progress().report(2, 2, "bytes");
            return 0;
        }));

        assertThat(events.of(Progressed.class)).extracting(Progressed::done).containsExactly(1L, 2L);
    }
}
