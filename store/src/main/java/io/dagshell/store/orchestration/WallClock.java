package io.dagshell.store.orchestration;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import java.util.function.Function;

/**
 * Due instants in a zone of a rule that counts on a clock that never jumps. What happens where the zone's clock jumps is
 * decided here, for all kinds of rules.
 *
 * @param rule the first time of that clock after another that is due, if there is one
 */
record WallClock(Function<LocalDateTime, Optional<LocalDateTime>> rule) {

    /** Goes on hour by hour over a jump: 23 times on the short day, 25 times on the long one. */
    Optional<Instant> nextByOffset(Instant moment, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        Instant from = moment;
        while (true) {
            ZoneOffset offset = rules.getOffset(from);
            Optional<Instant> next =
                    rule.apply(LocalDateTime.ofInstant(from, offset)).map(wall -> wall.toInstant(offset));
            ZoneOffsetTransition jump = rules.nextTransition(from);
            // Between two jumps the zone is one offset.
            if (next.isEmpty() || jump == null || next.get().isBefore(jump.getInstant())) {
                return next;
            }
            Instant first = jump.getInstant();
            ZoneOffset later = jump.getOffsetAfter();
            // The instant of the jump itself may be due, by the new offset.
            LocalDateTime before = LocalDateTime.ofInstant(first, later).minusSeconds(1);
            next = rule.apply(before).map(wall -> wall.toInstant(later));
            if (next.isEmpty() || !next.get().isAfter(first)) {
                return next;
            }
            from = first;
        }
    }

    /** A time the short day leaves out comes as much later; one the long day has twice is taken the first time. */
    Optional<Instant> nextByWall(Instant moment, ZoneId zone) {
        LocalDateTime from = LocalDateTime.ofInstant(moment, zone);
        ZoneOffsetTransition jump = zone.getRules().previousTransition(moment.plusNanos(1));
        if (jump != null && jump.isGap() && moment.isBefore(jump.getInstant().plus(jump.getDuration()))) {
            from = jump.getDateTimeBefore().minusSeconds(1);
        }
        while (true) {
            Optional<LocalDateTime> wall = rule.apply(from);
            if (wall.isEmpty()) {
                return Optional.empty();
            }
            // Of two offsets this takes the earlier; out of a gap it moves forward by the gap's length.
            Instant due = ZonedDateTime.of(wall.get(), zone).toInstant();
            if (due.isAfter(moment)) {
                return Optional.of(due);
            }
            from = wall.get();
        }
    }
}
