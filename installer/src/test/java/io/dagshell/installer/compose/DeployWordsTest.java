package io.dagshell.installer.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.installer.CommandProblem;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeployWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "etl --cron \"0 * * * *\"                              | {cron: \"0 * * * *\", zone: UTC}",
                "etl --cron \"0 6 * * *\" --tz Europe/Berlin           | {cron: \"0 6 * * *\", zone: Europe/Berlin}",
                "etl --rrule \"FREQ=MONTHLY;BYDAY=-1FR\" --tz Asia/Tokyo | {rrule: \"FREQ=MONTHLY;BYDAY=-1FR\", zone: Asia/Tokyo}",
                "--every 10m etl                                       | {every: \"10m\"}"
            })
    void a_rule_becomes_an_entry_of_schedules(String typed, String entry) {
        assertThat(DeployWords.parse(typed).schedule()).contains(entry);
    }

    @Test
    void without_a_rule_there_is_no_schedule() {
        DeployWords words = DeployWords.parse("status etl --name \"Nightly load\"");

        assertThat(words).isEqualTo(new DeployWords(true, "etl", "Nightly load", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "etl --cron \"0 * * * *\" --every 10m",
                "etl --tz UTC",
                "etl --every 10m --tz UTC",
                "etl --cron",
                "etl --corn x",
                "",
                "etl more"
            })
    void what_makes_no_sense_is_refused_with_the_form(String typed) {
        assertThatThrownBy(() -> DeployWords.parse(typed))
                .isInstanceOf(CommandProblem.class)
                .hasMessageContaining("%deploy [status] FLOW");
    }
}
