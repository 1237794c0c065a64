package io.dagshell.store.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTimesTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Timing rule(String text, ZoneId zone) {
        return new Timing.Rule(text, zone, Timing.Rule.start(zone));
    }

    private static Timing rule(String text, ZoneId zone, String anchor) {
        return new Timing.Rule(
                text, zone, LocalDateTime.parse(anchor).atZone(zone).toInstant());
    }

    private static List<String> dues(Timing timing, String from, String to) {
        List<String> dues = new ArrayList<>();
        Instant end = Instant.parse(to);
        Optional<Instant> due = timing.next(Instant.parse(from));
        while (due.isPresent() && due.get().isBefore(end)) {
            dues.add(due.get().toString());
            due = timing.next(due.get());
        }
        return dues;
    }

    @Test
    void what_the_rule_does_not_say_comes_from_where_it_is_counted_from() {
        assertThat(dues(rule("FREQ=WEEKLY;BYDAY=MO", ZoneOffset.UTC), "2026-03-02T10:00:00Z", "2026-03-17T00:00:00Z"))
                .containsExactly("2026-03-09T00:00:00Z", "2026-03-16T00:00:00Z");
        assertThat(dues(
                        rule("RRULE:freq=weekly;byday=MO", BERLIN, "2026-01-05T06:30"),
                        "2026-03-02T10:00:00Z",
                        "2026-03-10T00:00:00Z"))
                .containsExactly("2026-03-09T05:30:00Z");
        assertThat(dues(
                        rule("FREQ=WEEKLY;INTERVAL=2", ZoneOffset.UTC, "2026-01-05T06:30"),
                        "2026-01-01T00:00:00Z",
                        "2026-02-10T00:00:00Z"))
                .containsExactly("2026-01-05T06:30:00Z", "2026-01-19T06:30:00Z", "2026-02-02T06:30:00Z");
    }

    @Test
    void the_last_friday_of_each_month_is_found() {
        assertThat(dues(
                        rule("FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=6;BYMINUTE=30", ZoneOffset.UTC),
                        "2026-01-01T00:00:00Z",
                        "2026-04-01T00:00:00Z"))
                .containsExactly("2026-01-30T06:30:00Z", "2026-02-27T06:30:00Z", "2026-03-27T06:30:00Z");
    }

    @Test
    void one_with_a_count_or_a_last_time_ends() {
        assertThat(dues(
                        rule("FREQ=DAILY;COUNT=2", ZoneOffset.UTC, "2026-01-05T06:00"),
                        "2000-01-01T00:00:00Z",
                        "2030-01-01T00:00:00Z"))
                .containsExactly("2026-01-05T06:00:00Z", "2026-01-06T06:00:00Z");
        for (String until : List.of("20260106", "20260106T060000", "20260106T050000Z")) {
            assertThat(dues(
                            rule("FREQ=DAILY;UNTIL=" + until, BERLIN, "2026-01-05T06:00"),
                            "2026-01-01T00:00:00Z",
                            "2030-01-01T00:00:00Z"))
                    .as(until)
                    .containsExactly("2026-01-05T05:00:00Z", "2026-01-06T05:00:00Z");
        }
        assertThat(dues(
                        rule("UNTIL=20260106T045959Z;FREQ=DAILY", BERLIN, "2026-01-05T06:00"),
                        "2026-01-01T00:00:00Z",
                        "2030-01-01T00:00:00Z"))
                .containsExactly("2026-01-05T05:00:00Z");
    }

    @Test
    void an_instant_the_short_day_leaves_out_comes_as_much_later_and_one_twice_is_taken_once() {
        Timing daily = rule("FREQ=DAILY;BYHOUR=2;BYMINUTE=30", BERLIN);
        assertThat(dues(daily, "2026-03-28T00:00:00Z", "2026-03-31T00:00:00Z"))
                .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z");
        assertThat(dues(daily, "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z"))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-28T23:00:00Z, FREQ=HOURLY, 23",
        "2026-10-24T22:00:00Z, FREQ=HOURLY, 25",
        "2026-10-24T22:00:00Z, FREQ=MINUTELY;INTERVAL=30, 50",
        "2026-10-24T22:00:00Z, FREQ=HOURLY;INTERVAL=2, 12",
        "2026-10-24T22:00:00Z, 'FREQ=DAILY;BYHOUR=0,12', 2",
    })
    void one_for_every_hour_goes_on_hour_by_hour(String midnight, String text, int times) {
        Instant begin = Instant.parse(midnight).minusSeconds(1);
        Instant end = Instant.parse(midnight).atZone(BERLIN).plusDays(1).toInstant();
        assertThat(dues(rule(text, BERLIN), begin.toString(), end.toString()))
                .hasSize(times)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MO | is no rule of RFC 5545 such as FREQ=WEEKLY;BYDAY=MO",
                "FREQ=WEEKLY;BYDAY=XX | is no rule",
                "FREQ=HOURLY;BYHOUR=25 | is no rule",
                "FREQ=DAILY;INTERVAL=0 | is no rule",
                "FREQ=DAILY;COUNT=2;UNTIL=20260101 | is no rule",
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 | never fires",
                "FREQ=DAILY;BYDAY=MO;BYSETPOS=2 | never fires",
                "FREQ=SECONDLY;BYHOUR=3 | FREQ=DAILY;BYHOUR=3 instead",
                "FREQ=DAILY;UNTIL=19990101 | never fires: it ends before its first time",
                "FREQ=DAILY;UNTIL=20261399 | ends at no time there is",
                "FREQ=DAILY;COUNT=100000000 | counts further than 100000",
                "RSCALE=CHINESE;FREQ=YEARLY | RSCALE",
                "DTSTART:20260101T000000Z RRULE:FREQ=DAILY | its DTSTART as 'anchor'",
            })
    void one_that_never_fires_or_is_none_is_refused(String text, String said) {
        assertThatThrownBy(() -> rule(text, ZoneOffset.UTC))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(said);
    }

    @Test
    @Timeout(60)
    void far_from_its_beginning_one_of_seconds_is_found_without_going_through_all_before() {
        Timing seconds = rule("FREQ=SECONDLY;INTERVAL=7", ZoneOffset.UTC);
        Instant now = Instant.parse("2026-11-27T00:00:00Z");
        Instant due = now;
        for (int i = 0; i < 100; i++) {
            due = seconds.next(due).orElseThrow();
        }
        assertThat(Duration.between(Timing.Rule.start(ZoneOffset.UTC), due).toSeconds() % 7)
                .isZero();
        assertThat(due).isBetween(now.plusSeconds(99 * 7), now.plusSeconds(100 * 7));
    }

    /** What is kept in the row is the same rule. */
    @Test
    void a_stored_rule_is_the_same() {
        Timing made = rule("FREQ=DAILY;UNTIL=20990101", BERLIN, "2026-01-05T06:00");
        ScheduleSpec spec = ScheduleSpec.of(made);
        ScheduleSpec read =
                ScheduleRows.specs(readTree(ScheduleRows.json(List.of(spec)))).get(0);
        assertThat(read).isEqualTo(spec);
        assertThat(read.timing()).hasToString("FREQ=DAILY;UNTIL=20990101 Europe/Berlin from 2026-01-05T06:00");
    }

    private static com.fasterxml.jackson.databind.JsonNode readTree(String json) {
        try {
            return Columns.JSON.readTree(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Property
    void each_time_is_after_the_moment_and_on_the_day_that_is_said(
            @ForAll @LongRange(min = 0, max = 4_000_000_000L) long second,
            @ForAll @IntRange(min = 1, max = 7) int day) {
        DayOfWeek wanted = DayOfWeek.of(day);
        Instant moment = Instant.ofEpochSecond(second);
        Instant due = rule("FREQ=WEEKLY;BYHOUR=5;BYDAY=" + wanted.name().substring(0, 2), BERLIN)
                .next(moment)
                .orElseThrow();
        ZonedDateTime there = due.atZone(BERLIN);
        assertThat(due).isAfter(moment);
        assertThat(there.getDayOfWeek()).isEqualTo(wanted);
        assertThat(there.getHour()).isEqualTo(5);
        if (moment.isAfter(Timing.Rule.start(BERLIN))) {
            assertThat(Duration.between(moment, due))
                    .isLessThanOrEqualTo(Duration.ofDays(7).plusHours(1));
        }
    }
}
