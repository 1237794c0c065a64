package io.dagshell.tables.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.tables.ColumnAccess;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

class ParsedValuesTest {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private static double decimal(String text, boolean strict) {
        return Numbers.decimal(("x" + text + "y").toCharArray(), 1, text.length(), strict);
    }

    private static long integer(String text, boolean strict) {
        return Numbers.integer(("x" + text + "y").toCharArray(), 1, text.length(), strict);
    }

    private static long timestamp(String text) {
        return Times.timestamp(("x" + text + "y").toCharArray(), 1, text.length());
    }

    @Property
    void decimals_are_the_nearest_doubles(
            @ForAll @Scale(25) @BigRange(min = "-1e24", max = "1e24") BigDecimal number,
            @ForAll @IntRange(max = 25) int scale) {
        String text = number.setScale(scale, java.math.RoundingMode.HALF_UP).toPlainString();
        assertThat(decimal(text, false)).isEqualTo(Double.parseDouble(text));
    }

    @Property
    void doubles_come_back(@ForAll double number) {
        assertThat(decimal(String.valueOf(number), true)).isEqualTo(number);
    }

    @Property
    void whole_numbers_come_back(@ForAll long number) {
        assertThat(integer(String.valueOf(number), true)).isEqualTo(number);
        assertThat(integer("00" + Math.abs(number / 2), false)).isEqualTo(Math.abs(number / 2));
    }

    @Property
    void what_is_taken_for_a_number_can_be_read_as_one_and_written_back(@ForAll("nearlyNumbers") String text) {
        long integer = integer(text, true);
        if (integer != Numbers.NO_LONG) {
            assertThat(String.valueOf(integer)).isEqualTo(text);
        }
        double decimal = decimal(text, true);
        if (!Double.isNaN(decimal)) {
            assertThat(decimal).isEqualTo(Double.parseDouble(text));
        }
    }

    @Provide
    Arbitrary<String> nearlyNumbers() {
        return Arbitraries.strings()
                .withChars("0123456789.+-eE d")
                .ofMinLength(1)
                .ofMaxLength(22);
    }

    @Property
    void timestamps_come_back(
            @ForAll @IntRange(min = -62_000_000, max = 250_000_000) int thousandSeconds,
            @ForAll @IntRange(max = 999_999) int millis) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(
                thousandSeconds * 1000L + millis / 1000, millis % 1000 * 1_000_000, ZoneOffset.UTC);
        String text = time.format(TIMESTAMP) + String.format(Locale.ROOT, ".%03d", millis % 1000);
        assertThat(ColumnAccess.epochMilli(timestamp(text)))
                .isEqualTo(time.toInstant(ZoneOffset.UTC).toEpochMilli());
    }

    @Property
    void what_is_no_timestamp_for_java_is_none_here(@ForAll("nearlyTimestamps") String text) {
        boolean valid;
        try {
            TIMESTAMP.parse(text);
            valid = true;
        } catch (DateTimeParseException invalid) {
            valid = false;
        }
        assertThat(timestamp(text) != Times.NO_LONG).as(text).isEqualTo(valid);
    }

    @Provide
    Arbitrary<String> nearlyTimestamps() {
        Arbitrary<Integer> two = Arbitraries.integers().between(0, 99);
        Arbitrary<Integer> day = Arbitraries.integers().between(0, 33);
        return net.jqwik.api.Combinators.combine(two, Arbitraries.integers().between(0, 13), day, day, two, two)
                .as((year, month, date, hour, minute, second) -> String.format(
                        Locale.ROOT, "19%02d-%02d-%02d %02d:%02d:%02d", year, month, date, hour, minute, second));
    }
}
