package io.dagshell.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.cache.ResultCache.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallLogTest {
    private static final CallLog.Limits LIMITS = new CallLog.Limits(30, Duration.ofSeconds(10), 2, 4);
    private static final String FULL =
            "This task has logged 0 million characters. From here its log has the latest 2 lines"
                    + " of each 10 seconds and the last 4.";

    private final TickingClock clock = new TickingClock();
    private final List<String> recorded = new ArrayList<>();
    private final CallLog.Room room = new CallLog.Room(100);
    private final CallLog log = call(room);

    private CallLog call(CallLog.Room of) {
        return new CallLog(LIMITS, of, clock, line -> recorded.add(line.text()));
    }

    private void print(CallLog to, int first, int last) {
        IntStream.rangeClosed(first, last).forEach(i -> to.user("STDOUT", "line " + String.format("%05d", i)));
    }

    @Test
    void what_is_within_the_limit_is_recorded_as_it_is_said() {
        print(log, 1, 3);
        log.tell();
        assertThat(recorded).containsExactly("line 00001", "line 00002", "line 00003");
    }

    @Test
    void beyond_it_the_end_tells_the_last_lines_and_how_many_are_missing() {
        print(log, 1, 10);
        assertThat(recorded).endsWith("line 00003", FULL);
        log.tell();
        assertThat(recorded)
                .endsWith(FULL, "3 lines are left out here", "line 00007", "line 00008", "line 00009", "line 00010");
        log.tell();
        assertThat(recorded).hasSize(9);
    }

    @Test
    void whoever_follows_a_call_that_goes_on_sees_what_it_says_now() {
        print(log, 1, 6);
        clock.tick(Duration.ofSeconds(10));
        print(log, 7, 7);
        assertThat(recorded).endsWith(FULL, "2 lines are left out here", "line 00006", "line 00007");
        print(log, 8, 9);
        assertThat(recorded).endsWith("line 00007");
        clock.tick(Duration.ofSeconds(10));
        print(log, 10, 10);
        assertThat(recorded).endsWith("line 00007", "1 line is left out here", "line 00009", "line 00010");
    }

    @Test
    void calls_of_a_run_share_its_room() {
        List<CallLog> calls = IntStream.range(0, 4).mapToObj(i -> call(room)).toList();
        calls.forEach(call -> print(call, 1, 3));
        assertThat(recorded.subList(9, recorded.size()))
                .containsExactly(
                        "line 00001",
                        "This run has logged as much as is kept of a run. From here its log has the latest 2 lines of"
                                + " each 10 seconds and the last 4.");
        calls.get(3).tell();
        assertThat(recorded).endsWith("line 00002", "line 00003");
    }

    @Test
    void what_the_engine_says_is_recorded_beyond_the_limit_too() {
        print(log, 1, 10);
        log.engine("WARN", "attempt 1 failed");
        assertThat(recorded).endsWith(FULL, "attempt 1 failed");
    }

    @Test
    void a_long_line_beyond_the_limit_is_cut() {
        log.user("STDOUT", "x".repeat(5_000));
        log.tell();
        assertThat(recorded).containsExactly(FULL, "x".repeat(1_000) + "…");
    }

    @Test
    void a_cached_result_replays_its_first_lines_and_never_fills_the_memory() {
        for (int i = 0; i < 200; i++) {
            log.user("STDOUT", "x".repeat(64 << 10));
        }
        assertThat(log.lines().stream().mapToLong(line -> line.text().length()).sum())
                .isBetween(3_900_000L, 4L << 20);
        log.begin();
        log.user("STDOUT", "again");
        assertThat(log.lines()).containsExactly(new Line("STDOUT", "again"));
    }
}
