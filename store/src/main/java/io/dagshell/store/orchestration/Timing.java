package io.dagshell.store.orchestration;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When a schedule is due. Making one checks it: what can never fire is refused. */
public sealed interface Timing {
    /** The first due instant after {@code moment}, if there is one. */
    Optional<Instant> next(Instant moment);

    /** Zone that {@code ${scheduled.hour}} and the like are told in. */
    ZoneId zone();

    /** By the clock of a zone. Immutable. */
    final class Cron implements Timing {
        private final String expression;
        private final ZoneId zone;
        private final CronTimes times;

        /**
         * @param expression minute, hour, day of month, month, day of week, with seconds before them if it has six
         *     fields
         */
        public Cron(String expression, ZoneId zone) {
            this(expression, zone, CronTimes.of(expression.strip()));
        }

        private Cron(String expression, ZoneId zone, CronTimes times) {
            this.expression = expression.strip();
            this.zone = zone;
            this.times = times;
        }

        /** One that was checked when it was stored. */
        static Cron stored(String expression, ZoneId zone) {
            return new Cron(expression, zone, CronTimes.unchecked(expression));
        }

        public String expression() {
            return expression;
        }

        @Override
        public ZoneId zone() {
            return zone;
        }

        @Override
        public Optional<Instant> next(Instant moment) {
            return times.next(moment, zone);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Cron cron && cron.expression.equals(expression) && cron.zone.equals(zone);
        }

        @Override
        public int hashCode() {
            return Objects.hash(expression, zone);
        }

        @Override
        public String toString() {
            return expression + " " + zone;
        }
    }

    /** By a recurrence rule of iCalendar (RFC 5545), by the clock of a zone. Immutable. */
    final class Rule implements Timing {
        /** What rules are counted from that say nothing else: the first Monday of a century, in the rule's zone. */
        public static final LocalDateTime START = LocalDateTime.of(2001, 1, 1, 0, 0);

        private final String rule;
        private final ZoneId zone;
        private final Instant anchor;
        private final RuleTimes times;

        /**
         * @param rule such as {@code FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=6}; {@code COUNT} and {@code UNTIL} end it
         * @param anchor what iCalendar calls DTSTART: intervals and {@code COUNT} are counted from it, and what the rule
         *     does not say, such as the time of day, is taken from it
         */
        public Rule(String rule, ZoneId zone, Instant anchor) {
            this.rule = RuleTimes.plain(rule);
            this.zone = zone;
            this.anchor = anchor;
            this.times = RuleTimes.of(this.rule, anchor, zone);
        }

        private Rule(String rule, ZoneId zone, Instant anchor, RuleTimes times) {
            this.rule = rule;
            this.zone = zone;
            this.anchor = anchor;
            this.times = times;
        }

        /** Counted from {@link #START}. */
        public static Instant start(ZoneId zone) {
            return START.atZone(zone).toInstant();
        }

        /** One that was checked when it was stored. */
        static Rule stored(String rule, ZoneId zone, Instant anchor) {
            return new Rule(rule, zone, anchor, RuleTimes.unchecked(rule, anchor, zone));
        }

        public String rule() {
            return rule;
        }

        public Instant anchor() {
            return anchor;
        }

        @Override
        public ZoneId zone() {
            return zone;
        }

        @Override
        public Optional<Instant> next(Instant moment) {
            return times.next(moment);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Rule same
                    && same.rule.equals(rule)
                    && same.zone.equals(zone)
                    && same.anchor.equals(anchor);
        }

        @Override
        public int hashCode() {
            return Objects.hash(rule, zone, anchor);
        }

        @Override
        public String toString() {
            return rule + " " + zone
                    + (anchor.equals(start(zone)) ? "" : " from " + LocalDateTime.ofInstant(anchor, zone));
        }
    }

    /** Every so often, counted from {@code anchor} in both directions. */
    record Interval(Duration every, Instant anchor) implements Timing {
        public Interval {
            if (every.compareTo(Duration.ofSeconds(1)) < 0 || every.compareTo(Duration.ofDays(3_660)) > 0) {
                throw RefusedException.invalid("An interval is between a second and ten years, and not " + every + ".");
            }
        }

        @Override
        public Optional<Instant> next(Instant moment) {
            long step = every.toMillis();
            long passed = Math.floorDiv(Duration.between(anchor, moment).toMillis(), step);
            return Optional.of(anchor.plusMillis((passed + 1) * step));
        }

        @Override
        public ZoneId zone() {
            return ZoneOffset.UTC;
        }

        @Override
        public String toString() {
            return "every " + every + " from " + anchor;
        }
    }
}
