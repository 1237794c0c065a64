package io.dagshell.server.web;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.picture.Markup;
import io.dagshell.store.LogQuery;
import io.dagshell.store.LogRecord;
import io.dagshell.store.PlacedLog;
import io.dagshell.store.RunHistory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Lines of a run or a call, the last ones first of all, and where those that come after are to be had.
 *
 * @param more address of the lines behind these
 * @param cut whether there are earlier ones
 * @param going whether more may come
 * @param tasks whether lines tell whose they are: those of one call need not
 */
public record LogsView(
        List<Line> lines, Level level, String more, String whole, boolean cut, boolean going, boolean tasks) {
    private static final int SHOWN = 500;

    public LogsView {
        lines = List.copyOf(lines);
    }

    /** Which lines a person wants. */
    public enum Level {
        ALL("All lines", Set.of()),
        INFO("Info and above", Set.of("INFO", "WARN", "ERROR")),
        WARN("Warnings and errors", Set.of("WARN", "ERROR", "STDERR")),
        ERROR("Errors", Set.of("ERROR")),
        PRINTED("Printed", Set.of("STDOUT", "STDERR"));

        private final String words;
        private final Set<String> levels;

        Level(String words, Set<String> levels) {
            this.words = words;
            this.levels = levels;
        }

        public String words() {
            return words;
        }

        public String slug() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Levels of lines as they are kept; empty for any. */
        Set<String> levels() {
            return levels;
        }

        static Level parse(Optional<String> slug) {
            return Arrays.stream(values())
                    .filter(level -> slug.isPresent() && level.slug().equals(slug.get()))
                    .findFirst()
                    .orElse(ALL);
        }
    }

    /** A line and the call that wrote it. */
    public record Line(LogRecord record, String task, String address) {
        /** What the level is called in style sheets. */
        public String slug() {
            return record.level().toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        }

        public String level() {
            return switch (record.level()) {
                case "STDOUT" -> "out";
                case "STDERR" -> "err";
                default -> record.level().toLowerCase(Locale.ROOT);
            };
        }

        /** Characters that would hide or reorder others are shown as what they are. */
        public String text() {
            return Markup.visible(record.text());
        }
    }

    /**
     * What is asked for.
     *
     * @param ordinal of the call, or negative
     * @param after the position of the last line that is known, or negative for the last lines there are
     */
    record Wanted(RunId run, int ordinal, Level level, long after) {
        private LogQuery query() {
            LogQuery query = LogQuery.last(run, SHOWN).ofCall(ordinal).ofLevels(level.levels);
            return after < 0 ? query : query.from(after);
        }

        private String address(String what) {
            return "/runs/" + run + what + "?level=" + level.slug() + (ordinal < 0 ? "" : "&ordinal=" + ordinal);
        }
    }

    /** @param names of calls by ordinal */
    static LogsView of(RunHistory history, Wanted wanted, boolean going, IntFunction<String> names) {
        List<PlacedLog> found = history.logs(wanted.query());
        long last = found.isEmpty()
                ? Math.max(0, wanted.after())
                : found.get(found.size() - 1).position();
        boolean more = going || wanted.after() >= 0 && found.size() == SHOWN;
        return new LogsView(
                found.stream()
                        .map(each -> line(wanted.run(), each.line(), names))
                        .toList(),
                wanted.level(),
                wanted.address("/logs") + "&after=" + last,
                wanted.address("/log.txt"),
                wanted.after() < 0 && found.size() == SHOWN,
                more,
                wanted.ordinal() < 0);
    }

    private static Line line(RunId run, LogRecord record, IntFunction<String> names) {
        return new Line(record, names.apply(record.ordinal()), "/runs/" + run + "/tasks/" + record.ordinal());
    }

    /** When the browser asks for more: at once if it was sent as many as fit. */
    public String when() {
        return !cut && lines.size() == SHOWN ? "load" : LivePart.CHANGED;
    }

    public List<Level> levels() {
        return Arrays.asList(Level.values());
    }
}
