package io.dagshell.server.web;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** How far back lists look. */
public enum Span {
    HOUR("1h", "Last hour", Duration.ofHours(1)),
    DAY("24h", "Last 24 hours", Duration.ofDays(1)),
    WEEK("7d", "Last 7 days", Duration.ofDays(7)),
    MONTH("30d", "Last 30 days", Duration.ofDays(30)),
    YEAR("1y", "Last year", Duration.ofDays(365)),
    ALL("all", "All time", Duration.ZERO);

    private final String slug;
    private final String word;
    private final Duration length;

    Span(String slug, String word, Duration length) {
        this.slug = slug;
        this.word = word;
        this.length = length;
    }

    public String slug() {
        return slug;
    }

    public String word() {
        return word;
    }

    /** Where it begins; empty for all time. */
    Optional<Instant> since(Instant now) {
        return this == ALL ? Optional.empty() : Optional.of(now.minus(length));
    }

    static Span parse(String slug) {
        return Arrays.stream(values())
                .filter(span -> span.slug.equals(slug))
                .findFirst()
                .orElse(WEEK);
    }
}
