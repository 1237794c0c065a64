package io.dagshell.engine.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ScheduledTextTest {
    private static final Instant DUE = Instant.parse("2021-03-31T23:05:00Z");

    private static String resolve(String text) {
        return ScheduledText.resolve(text, DUE, ZoneOffset.UTC);
    }

    @Test
    void the_due_instant_fills_its_parts() {
        assertThat(resolve("${scheduled.year}-${scheduled.month} at ${scheduled.hour}h"))
                .isEqualTo("2021-3 at 23h");
        assertThat(resolve("${scheduled.date} ${scheduled.datetime} ${scheduled.instant}"))
                .isEqualTo("2021-03-31 2021-03-31T23:05:00 2021-03-31T23:05:00Z");
        assertThat(resolve("data_${scheduled.month:02}.csv")).isEqualTo("data_03.csv");
    }

    @Test
    void the_schedules_zone_decides_which_day_it_is() {
        assertThat(ScheduledText.resolve("${scheduled.date}", DUE, ZoneId.of("Europe/Paris")))
                .isEqualTo("2021-04-01");
    }

    @Test
    void a_doubled_dollar_is_literal() {
        assertThat(resolve("$${scheduled.year} costs $5")).isEqualTo("${scheduled.year} costs $5");
    }

    @Test
    void an_unknown_place_is_refused_with_those_that_exist() {
        assertThatThrownBy(() -> resolve("${scheduled.mont}"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("${scheduled.mont} is not known")
                .hasMessageContaining("${scheduled.month}");
        assertThatThrownBy(() -> resolve("${scheduled.date:02}")).hasMessageContaining("is no number");
    }
}
