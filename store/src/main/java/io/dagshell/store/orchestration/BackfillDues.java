package io.dagshell.store.orchestration;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The due instants of a range, of which there may not be absurdly many. Stateless. */
final class BackfillDues {
    /** Instants of one backfill: all hours of a year are 8,760. */
    static final int MOST = 10_000;

    private BackfillDues() {}

    /** In order of time. @throws RefusedException there are none, or too many; the message says how many */
    static List<Instant> of(Timing timing, Instant from, Instant to, Instant now) {
        requireRange(from, to, now);
        List<Instant> dues = new ArrayList<>();
        Optional<Instant> due = timing.next(from.minusMillis(1));
        while (due.isPresent() && !due.get().isAfter(to)) {
            if (dues.size() == MOST) {
                throw tooMany(dues, from, to);
            }
            if (!due.get().isBefore(from)) {
                dues.add(due.get());
            }
            due = timing.next(due.get());
        }
        if (dues.isEmpty()) {
            throw RefusedException.invalid("Nothing is due from " + from + " to " + to + " by '" + timing + "'"
                    + due.map(next -> "; the next is " + next).orElse("") + ".");
        }
        return dues;
    }

    private static void requireRange(Instant from, Instant to, Instant now) {
        if (to.isBefore(from)) {
            throw RefusedException.invalid("The range ends before it begins: it goes from " + from + " to " + to
                    + ", and 'to' belongs to it.");
        }
        if (to.isAfter(now)) {
            throw RefusedException.invalid("The range ends in the future (" + to
                    + "), which the schedule itself will run: 'to' is now, " + now + ", or before.");
        }
    }

    private static String counted(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** To count all instants of a second's rule over years would take as long as to run them. */
    private static RefusedException tooMany(List<Instant> dues, Instant from, Instant to) {
        double seen = Duration.between(dues.get(0), dues.get(MOST - 1)).toMillis() / 1000.0;
        double all = Duration.between(from, to).toMillis() / 1000.0;
        long about = Math.round(all / seen * (MOST - 1));
        return RefusedException.invalid("From " + from + " to " + to + " about " + counted(about)
                + " instants are due, and a backfill runs at most " + counted(MOST)
                + ": take a shorter range, or several backfills one after the other.");
    }
}
