package io.dagshell.engine.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Digests must be the same in every process, JDK, locale and zone: a change here empties everybody's cache. */
final class GoldenDigestTest {

    private static final Map<String, String> GOLDEN = Map.of(
            "NaN", "2d2f4b05908a14ebd5c140731f1156bb049b1615cc569ba0efd40248a144143f",
            "decimal", "28e5b3fcdd59099c1eaed98faf48fdaeea5c138db958f35d3f1dc7012b3982b6",
            "double", "ea2c09dbfa8d7fa83a43c7ed2b22d6d357bef7be5159c45dbe0a10ce033d56c3",
            "enum", "efb52caa220065c5d0d04e23d9b87c4be2eacc2fe72234a0b8c16617c9257b7f",
            "int", "27a64edeb16d0993097a74cb5965c295889e0312b5de3c94b43c4df2950e34e9",
            "longs", "165f5e2b85a4b5d4d347d34484a2a3918f7b1d3378e064812f948f928b5da9a3",
            "null", "8ce86a6ae65d3692e7305e2c58ac62eebd97d3d943e093f577da25c36988246b",
            "record", "4587784ece809fb4f30799c4f92bdbf70724f1a1b6a1c858d402e1fad00af411",
            "text", "a0946b1189fe2478d704f42d3c85bf94b167349b565318e496f66aacf1a2e07e",
            "zoned", "22b2b73d2d6716f4cb813910a1eb0d442161407e6800bbfbb887cb4eed98c48d");

    record Ride(String vendor, double distance, List<Integer> zones, Map<String, LocalDate> dates) {}

    enum Kind {
        YELLOW,
        GREEN
    }

    @ParameterizedTest
    @CsvSource({"en-US,UTC", "tr-TR,Europe/Istanbul", "ar-EG-u-nu-arab,Africa/Cairo", "th-TH-u-ca-buddhist,Asia/Kolkata"
    })
    void digests_do_not_depend_on_locale_or_zone(String locale, String zone) {
        Locale before = Locale.getDefault();
        TimeZone beforeZone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(locale));
            TimeZone.setDefault(TimeZone.getTimeZone(zone));

            assertThat(digests()).isEqualTo(GOLDEN);
        } finally {
            Locale.setDefault(before);
            TimeZone.setDefault(beforeZone);
        }
    }

    private static Map<String, String> digests() {
        Map<String, String> digests = new LinkedHashMap<>();
        digests.put("int", Trip.digest(1, int.class));
        digests.put("text", Trip.digest("1", String.class));
        digests.put("double", Trip.digest(-0.5, double.class));
        digests.put("NaN", Trip.digest(Double.longBitsToDouble(0x7ff8000000000001L), double.class));
        digests.put("decimal", Trip.digest(new BigDecimal("1234567.890"), BigDecimal.class));
        digests.put("enum", Trip.digest(Kind.YELLOW, Kind.class));
        digests.put("null", Trip.digest(null, String.class));
        digests.put("longs", Trip.digest(new long[] {1, 2}, long[].class));
        digests.put(
                "zoned",
                Trip.digest(ZonedDateTime.parse("2024-10-27T02:30:00+01:00[Europe/Paris]"), ZonedDateTime.class));
        Ride record = new Ride("İı", 1.5, List.of(1, 2), Map.of("a", LocalDate.MIN, "b", LocalDate.EPOCH));
        digests.put("record", Trip.digest(record, Ride.class));
        return digests;
    }
}
