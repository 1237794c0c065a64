package io.dagshell.store.orchestration;

import java.time.Duration;
import java.time.Instant;
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
