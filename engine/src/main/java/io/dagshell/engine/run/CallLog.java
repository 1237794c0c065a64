package io.dagshell.engine.run;

import io.dagshell.engine.cache.ResultCache.Line;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a call prints and logs, as far as it is recorded: all of it while the call and its run are within their
 * limits, and from there the latest lines of each pause and the last ones of the attempt, with how many were left out.
 * A loop that prints for ever fills neither disk nor database, and what it said last can be read. Guarded by the run's
 * journal.
 */
final class CallLog {
    /** Lines kept to be replayed with a cached result; a task that prints more is cached without the rest. */
    private static final int STORED_LINES = 10_000;

    private static final long STORED_CHARACTERS = 4 << 20;

    /** Longer lines beyond the limits are cut. */
    private static final int LONGEST = 1_000;

    /**
     * @param call characters of one call that are recorded line by line
     * @param pause time between two looks at what goes on beyond that
     * @param latest lines of each look
     * @param last lines at the end of an attempt
     */
    record Limits(long call, Duration pause, int latest, int last) {
        static final Limits USUAL = new Limits(16_000_000, Duration.ofSeconds(10), 20, 200);
    }

    /** What all calls of a run may write together. */
    static final class Room {
        static final long USUAL = 100_000_000;

        private long left;

        Room(long characters) {
            left = characters;
        }
    }

    private final Limits limits;
    private final Room room;
    private final Clock clock;
    private final Consumer<Line> record;
    private final List<Line> stored = new ArrayList<>(0);
    private final Deque<Line> waiting = new ArrayDeque<>(0);
    private long storedCharacters;
    private long written;
    private long leftOut;
    private boolean full;
    private Instant nextLook = Instant.MIN;

    CallLog(Limits limits, Room room, Clock clock, Consumer<Line> record) {
        this.limits = limits;
        this.room = room;
        this.clock = clock;
        this.record = record;
    }

    /** An attempt begins: what an earlier one said is not the result's. */
    void begin() {
        stored.clear();
        storedCharacters = 0;
    }

    /** What the engine says: always recorded. */
    void engine(String level, String text) {
        Line line = new Line(level, text);
        store(line);
        record.accept(line);
    }

    /** What the user's code says. */
    void user(String level, String text) {
        Line line = new Line(level, text);
        store(line);
        if (!full && written + text.length() <= limits.call() && text.length() <= room.left) {
            written += text.length();
            room.left -= text.length();
            record.accept(line);
        } else {
            beyond(line);
        }
    }

    private void beyond(Line line) {
        Instant now = clock.instant();
        if (!full) {
            full = true;
            nextLook = now.plus(limits.pause());
            record.accept(new Line("WARN", limit(line)));
        }
        waiting.add(cut(line));
        leaveOut(limits.last());
        if (!now.isBefore(nextLook)) {
            leaveOut(limits.latest());
            tell();
            nextLook = now.plus(limits.pause());
        }
    }

    private String limit(Line line) {
        String whose = written + line.text().length() > limits.call()
                ? "This task has logged " + limits.call() / 1_000_000 + " million characters."
                : "This run has logged as much as is kept of a run.";
        return whose + " From here its log has the latest " + limits.latest() + " lines of each "
                + limits.pause().toSeconds() + " seconds and the last " + limits.last() + ".";
    }

    private static Line cut(Line line) {
        return line.text().length() <= LONGEST
                ? line
                : new Line(line.level(), line.text().substring(0, LONGEST) + "…");
    }

    private void leaveOut(int most) {
        while (waiting.size() > most) {
            waiting.remove();
            leftOut++;
        }
    }

    /** Records what waits; at the end of an attempt all that is left of it. */
    void tell() {
        if (leftOut > 0) {
            record.accept(new Line("WARN", leftOut + (leftOut == 1 ? " line is" : " lines are") + " left out here"));
            leftOut = 0;
        }
        waiting.forEach(record);
        waiting.clear();
    }

    private void store(Line line) {
        if (stored.size() < STORED_LINES && storedCharacters + line.text().length() <= STORED_CHARACTERS) {
            stored.add(line);
            storedCharacters += line.text().length();
        }
    }

    /** What the latest attempt said. */
    List<Line> lines() {
        return List.copyOf(stored);
    }
}
