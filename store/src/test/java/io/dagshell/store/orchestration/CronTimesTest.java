package io.dagshell.store.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTimesTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private static List<String> dues(String cron, ZoneId zone, String from, String to) {
        Timing timing = new Timing.Cron(cron, zone);
        List<String> dues = new ArrayList<>();
        Instant end = Instant.parse(to);
        Optional<Instant> due = timing.next(Instant.parse(from));
        while (due.isPresent() && due.get().isBefore(end)) {
            dues.add(due.get().toString());
            due = timing.next(due.get());
        }
        return dues;
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-03-28T23:00:00Z, 23",
        "Europe/Berlin, 2026-10-24T22:00:00Z, 25",
        "America/New_York, 2026-03-08T05:00:00Z, 23",
        "America/New_York, 2026-11-01T04:00:00Z, 25",
        // Half an hour is left out: the clock never shows 02:00.
        "Australia/Lord_Howe, 2026-10-03T13:30:00Z, 23",
    })
    void an_hourly_schedule_is_due_once_in_each_hour_the_day_has(String zone, String midnight, int hours) {
        Instant begin = Instant.parse(midnight).minusSeconds(1);
        Instant end =
                Instant.parse(midnight).atZone(ZoneId.of(zone)).plusDays(1).toInstant();
        assertThat(dues("0 * * * *", ZoneId.of(zone), begin.toString(), end.toString()))
                .hasSize(hours)
                .doesNotHaveDuplicates();
    }

    @Test
    void an_instant_the_short_day_leaves_out_comes_as_much_later() {
        assertThat(dues("30 2 * * *", BERLIN, "2026-03-28T00:00:00Z", "2026-03-31T00:00:00Z"))
                .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z");
        assertThat(dues("30 2 * * *", NEW_YORK, "2026-03-07T06:00:00Z", "2026-03-10T00:00:00Z"))
                .containsExactly("2026-03-07T07:30:00Z", "2026-03-08T07:30:00Z", "2026-03-09T06:30:00Z");
        assertThat(new Timing.Cron("30 2 * * *", BERLIN).next(Instant.parse("2026-03-29T01:10:00Z")))
                .contains(Instant.parse("2026-03-29T01:30:00Z"));
    }

    @Test
    void an_instant_the_long_day_has_twice_is_taken_the_first_time() {
        assertThat(dues("30 2 * * *", BERLIN, "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z"))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
        assertThat(dues("30 1 * * *", NEW_YORK, "2026-10-31T12:00:00Z", "2026-11-02T12:00:00Z"))
                .containsExactly("2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z");
        assertThat(new Timing.Cron("30 2 * * *", BERLIN).next(Instant.parse("2026-10-25T01:10:00Z")))
                .contains(Instant.parse("2026-10-26T01:30:00Z"));
    }

    @Test
    void every_half_hour_goes_on_over_both_jumps() {
        assertThat(dues("*/30 * * * *", BERLIN, "2026-03-29T00:00:00Z", "2026-03-29T02:00:00Z"))
                .containsExactly("2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z");
        assertThat(dues("*/30 * * * *", BERLIN, "2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z"))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z");
    }

    @Test
    void every_other_hour_is_as_certain_hours_are() {
        assertThat(dues("0 */2 * * *", BERLIN, "2026-03-28T23:30:00Z", "2026-03-29T04:30:00Z"))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z", "2026-03-29T04:00:00Z");
    }

    @Test
    void six_fields_begin_with_seconds() {
        assertThat(dues("*/20 * * * * *", ZoneOffset.UTC, "2026-01-01T00:00:00Z", "2026-01-01T00:01:01Z"))
                .containsExactly("2026-01-01T00:00:20Z", "2026-01-01T00:00:40Z", "2026-01-01T00:01:00Z");
    }

    @Test
    void days_have_numbers_and_names_and_sunday_has_two_numbers() {
        for (String sunday : List.of("0", "7", "SUN")) {
            assertThat(dues("0 6 * * " + sunday, ZoneOffset.UTC, "2026-11-23T00:00:00Z", "2026-12-02T00:00:00Z"))
                    .containsExactly("2026-11-29T06:00:00Z");
        }
        assertThat(dues("0 0 29 2 *", ZoneOffset.UTC, "2025-01-01T00:00:00Z", "2033-01-01T00:00:00Z"))
                .containsExactly("2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 30 2 *", "0 0 31 4 *", "0 0 31 2,4,6,9,11 *", "0 0 0 30 2 *"})
    void what_never_fires_is_refused(String cron) {
        assertThatThrownBy(() -> new Timing.Cron(cron, BERLIN))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("never fires");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "* * * *", "60 * * * *", "* 24 * * *", "a b c d e", "* * * * * * *", "*/0 * * * *"})
    void what_is_no_cron_expression_is_refused(String cron) {
        assertThatThrownBy(() -> new Timing.Cron(cron, BERLIN)).isInstanceOf(RefusedException.class);
    }

    @Property(tries = 300)
    void the_next_is_later_and_nothing_lies_between(
            @ForAll @LongRange(min = 1_700_000_000L, max = 1_900_000_000L) long second,
            @ForAll @IntRange(min = 0, max = 59) int minute,
            @ForAll @IntRange(min = 0, max = 23) int hour) {
        Instant moment = Instant.ofEpochSecond(second);
        Timing timing = new Timing.Cron(minute + " " + hour + " * * *", NEW_YORK);
        Instant due = timing.next(moment).orElseThrow();
        assertThat(due).isAfter(moment).isBefore(moment.plus(Duration.ofHours(26)));
        assertThat(timing.next(due.minusSeconds(1))).contains(due);
        Instant between = moment.plusSeconds(Duration.between(moment, due).toSeconds() / 2);
        assertThat(timing.next(between)).contains(due);
    }

    @Test
    void an_interval_counts_from_its_anchor_in_both_directions() {
        Timing timing = new Timing.Interval(Duration.ofMinutes(7), Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(timing.next(Instant.parse("2026-01-01T00:00:00Z"))).contains(Instant.parse("2026-01-01T00:07:00Z"));
        assertThat(timing.next(Instant.parse("2025-12-31T23:52:59Z"))).contains(Instant.parse("2025-12-31T23:53:00Z"));
        assertThatThrownBy(() -> new Timing.Interval(Duration.ZERO, Instant.EPOCH))
                .isInstanceOf(RefusedException.class);
    }
}
