package io.dagshell.installer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.installer.CommandProblem;
import io.dagshell.store.orchestration.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronFieldsTest {
    private static final Instant FROM = Instant.parse("2026-02-26T21:17:11Z");

    @ParameterizedTest
    @CsvSource({
        "PT1M, 2026-01-01T00:00:00Z", "PT10M, 2026-01-01T00:00:00Z", "PT10M, 2026-01-01T00:07:00Z",
        "PT30M, 1970-01-01T00:45:00Z", "PT1H, 2026-01-01T00:20:00Z", "PT6H, 2026-01-01T01:30:00Z",
        "PT12H, 2026-01-01T23:05:00Z", "PT24H, 2026-05-05T03:04:00Z", "PT168H, 2026-03-01T07:00:00Z",
        "PT168H, 2026-03-07T07:00:00Z"
    })
    void an_interval_that_fits_the_clock_is_due_when_it_was(Duration every, Instant anchor) {
        Timing.Interval interval = new Timing.Interval(every, anchor);
        CronFields fields = CronFields.of(interval);
        Timing.Cron cron = new Timing.Cron(fields.line(), fields.zone());
        Instant moment = FROM;
        for (int i = 0; i < 60; i++) {
            Instant next = interval.next(moment).orElseThrow();

            assertThat(cron.next(moment)).as(fields.line()).contains(next);
            moment = next;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PT7M, 2026-01-01T00:00:00Z", "PT90M, 2026-01-01T00:00:00Z", "PT5H, 2026-01-01T00:00:00Z",
        "PT48H, 2026-01-01T00:00:00Z", "PT30S, 2026-01-01T00:00:00Z", "PT10M, 2026-01-01T00:00:30Z"
    })
    void one_that_does_not_fit_is_refused(Duration every, Instant anchor) {
        assertThatThrownBy(() -> CronFields.of(new Timing.Interval(every, anchor)))
                .isInstanceOf(CommandProblem.class)
                .hasMessageContaining("give it as 'cron'");
    }

    @Test
    void seconds_are_refused_unless_they_are_none() {
        ZoneId zone = ZoneId.of("Europe/Berlin");

        CronFields fields = CronFields.of(new Timing.Cron("0 30 7 * 2 5", zone));
        assertThat(fields.line()).isEqualTo("30 7 * 2 5");
        assertThat(fields.zoneName()).isEqualTo("Europe/Berlin");
        assertThatThrownBy(() -> CronFields.of(new Timing.Cron("15 30 7 * * *", zone)))
                .hasMessageContaining("not seconds");
    }
}
