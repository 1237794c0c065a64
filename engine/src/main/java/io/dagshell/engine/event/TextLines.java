package io.dagshell.engine.event;

import io.dagshell.engine.event.RunEvent.CacheConsulted;
import io.dagshell.engine.event.RunEvent.CacheOutcome;
import io.dagshell.engine.event.RunEvent.LogLine;
import io.dagshell.engine.event.RunEvent.Progressed;
import io.dagshell.engine.event.RunEvent.ResultDescribed;
import io.dagshell.engine.event.RunEvent.RunFinished;
import io.dagshell.engine.event.RunEvent.RunStarted;
import io.dagshell.engine.event.RunEvent.TaskCreated;
import io.dagshell.engine.event.RunEvent.TaskFailed;
import io.dagshell.engine.event.RunEvent.TaskStateChanged;
import io.dagshell.engine.model.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The story of a run as lines of plain text, for terminals and logs: one when it starts, one for each call that ends or
 * waits for a retry, the user's own frames of a failure once, one when the run ends.
 *
 * <pre>{@code
 * Ingest yellow taxi: run 0193-…
 *   fetch       Cached      0.01 s  1,369,765 rows × 18 columns · saved 2.4 s
 *   clean       Completed   0.35 s  1,342,900 rows × 18 columns
 *   load        Failed      0.02 s  Connection refused
 * Ingest yellow taxi: Failed in 0.6 s · 1 cached, 1 completed, 1 failed
 * }</pre>
 *
 * <p>Several runs may be mixed in one instance. Thread-safe: guarded by this.
 */
public final class TextLines {
    private static final int NAME_WIDTH = 20;

    private final Map<io.dagshell.engine.model.RunId, Story> stories = new HashMap<>();

    /** What the event adds to the story; often nothing. */
    public synchronized List<String> accept(RunEvent event) {
        Story story = stories.computeIfAbsent(event.run(), run -> new Story());
        List<String> lines = new ArrayList<>();
        if (event instanceof RunStarted started) {
            story.started = started.at();
            story.title = started.title();
            String resumes = started.resumes().map(run -> ", resumes " + run).orElse("");
            lines.add(started.title() + ": run " + started.run() + resumes);
        } else if (event instanceof TaskCreated created) {
            story.calls.put(created.ordinal(), new CallStory(created, story.depth(created)));
        } else if (event instanceof TaskStateChanged changed) {
            story.changed(changed, lines);
        } else if (event instanceof CacheConsulted consulted) {
            story.call(consulted.ordinal()).ifPresent(call -> call.cache = Optional.of(consulted));
        } else if (event instanceof ResultDescribed described) {
            story.call(described.ordinal()).ifPresent(call -> call.summary = described.summary());
        } else if (event instanceof Progressed progressed) {
            story.call(progressed.ordinal()).ifPresent(call -> call.progress = progress(progressed));
        } else if (event instanceof LogLine line) {
            story.logged(line, lines);
        } else if (event instanceof TaskFailed failed) {
            story.failed(failed, lines);
        } else if (event instanceof RunFinished finished) {
            lines.add(story.title + ": " + finished.state().word() + " in "
                    + seconds(Duration.between(story.started, finished.at())) + story.counts());
            stories.remove(event.run());
        }
        return lines;
    }

    /** A duration for people: {@code 0.01 s}, {@code 12.3 s}, {@code 4 min 5 s}. */
    public static String seconds(Duration duration) {
        double seconds = Math.max(0, duration.toNanos()) / 1e9;
        if (seconds >= 60) {
            return duration.toSeconds() / 60 + " min " + duration.toSeconds() % 60 + " s";
        }
        return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.1f s", seconds);
    }

    private static String old(Duration age) {
        if (age.toSeconds() < 1) {
            return "";
        }
        if (age.toHours() < 2) {
            return ", " + (age.toMinutes() < 2 ? age.toSeconds() + " s" : age.toMinutes() + " min") + " old";
        }
        return ", " + (age.toDays() < 2 ? age.toHours() + " h" : age.toDays() + " d") + " old";
    }

    private static String progress(Progressed progressed) {
        return String.format(Locale.ROOT, "%,d %s", progressed.done(), progressed.unit());
    }

    /** What is known of one run. */
    private static final class Story {
        private final Map<Integer, CallStory> calls = new HashMap<>();
        private final Set<String> traces = new HashSet<>();
        private Instant started = Instant.EPOCH;
        private String title = "run";

        Optional<CallStory> call(int ordinal) {
            return Optional.ofNullable(calls.get(ordinal));
        }

        int depth(TaskCreated created) {
            return created.parent().isPresent()
                    ? call(created.parent().getAsInt())
                            .map(parent -> parent.depth + 1)
                            .orElse(1)
                    : 0;
        }

        void changed(TaskStateChanged changed, List<String> lines) {
            CallStory call = calls.get(changed.ordinal());
            if (call == null) {
                return;
            }
            call.state = changed.state();
            if (changed.state() == State.RUNNING && call.started.isEmpty()) {
                call.started = Optional.of(changed.at());
            }
            if (changed.state().isTerminal() || changed.state() == State.AWAITING_RETRY) {
                // The root call is the run itself: its end is told by the run's last line.
                if (call.depth > 0 || calls.size() == 1) {
                    lines.add(call.line(changed));
                }
                lines.addAll(call.trace);
                call.trace = List.of();
            }
        }

        void logged(LogLine line, List<String> lines) {
            // Printed lines are on the terminal already; replayed ones belong to an earlier run.
            boolean printed = line.level().equals("STDOUT") || line.level().equals("STDERR");
            if (printed || line.cached() || line.level().equals("DEBUG")) {
                return;
            }
            String name = call(line.ordinal()).map(call -> call.name).orElse(title);
            String level = line.level().equals("INFO") ? "" : line.level() + " ";
            lines.add("  " + name + " | " + level + line.text());
        }

        /** Told behind the line of the call's end, whichever comes first. */
        void failed(TaskFailed failed, List<String> lines) {
            CallStory call = calls.get(failed.ordinal());
            if (call != null && traces.add(failed.exception() + failed.message() + failed.location())) {
                String trace = failed.trace().isBlank() ? failed.exception() + ": " + failed.message() : failed.trace();
                call.trace = trace.strip().lines().map(line -> "    " + line).toList();
                if (call.state.isTerminal()) {
                    lines.addAll(call.trace);
                    call.trace = List.of();
                }
            }
        }

        String counts() {
            Map<State, Integer> counts = new java.util.EnumMap<>(State.class);
            calls.values().stream()
                    .filter(call -> call.depth > 0 || calls.size() == 1)
                    .forEach(call -> counts.merge(call.state, 1, Integer::sum));
            StringBuilder text = new StringBuilder();
            counts.forEach((state, count) -> text.append(text.isEmpty() ? " · " : ", ")
                    .append(count)
                    .append(' ')
                    .append(state.word().toLowerCase(Locale.ROOT)));
            return text.toString();
        }
    }

    /** What is known of one call. */
    private static final class CallStory {
        private final String name;
        private final int depth;
        private final Instant created;
        private Optional<Instant> started = Optional.empty();
        private Optional<CacheConsulted> cache = Optional.empty();
        private State state = State.PENDING;
        private String summary = "";
        private String progress = "";
        private List<String> trace = List.of();

        CallStory(TaskCreated event, int depth) {
            this.name = event.task().value();
            this.depth = depth;
            this.created = event.at();
        }

        String line(TaskStateChanged changed) {
            String indented = "  ".repeat(Math.max(1, depth)) + name;
            StringBuilder text = new StringBuilder(String.format(
                    Locale.ROOT,
                    "%-" + NAME_WIDTH + "s %-13s %8s",
                    indented,
                    changed.state().word(),
                    seconds(Duration.between(started.orElse(created), changed.at()))));
            String details = String.join(" · ", details(changed));
            return details.isEmpty()
                    ? text.toString()
                    : text.append("  ").append(details).toString();
        }

        private List<String> details(TaskStateChanged changed) {
            List<String> details = new ArrayList<>();
            if (changed.state() == State.FAILED || changed.state() == State.AWAITING_RETRY) {
                changed.message().ifPresent(details::add);
                return details;
            }
            String rows = summary.isEmpty() ? progress : summary;
            if (!rows.isEmpty()) {
                details.add(rows);
            }
            if (changed.attempt() > 1) {
                details.add("attempt " + changed.attempt());
            }
            cache.flatMap(CallStory::explain).ifPresent(details::add);
            return details;
        }

        private static Optional<String> explain(CacheConsulted consulted) {
            if (consulted.outcome() == CacheOutcome.HIT) {
                return Optional.of("cache hit"
                        + consulted.age().map(TextLines::old).orElse("")
                        + consulted
                                .saved()
                                .map(saved -> ", saved " + seconds(saved))
                                .orElse(""));
            }
            if (consulted.outcome() == CacheOutcome.RESUMED) {
                return Optional.of(consulted.reason());
            }
            if (consulted.outcome() == CacheOutcome.REFRESHED) {
                boolean asked = consulted.reason().equals("refresh");
                return Optional.of(asked ? "refreshed" : "refreshed: " + consulted.reason());
            }
            if (consulted.outcome() == CacheOutcome.MISS) {
                return Optional.of("cache miss: " + consulted.reason());
            }
            boolean worthSaying = consulted.outcome() == CacheOutcome.NOT_CACHED
                    && !consulted.reason().equals("not asked for");
            return worthSaying ? Optional.of("not cached: " + consulted.reason()) : Optional.empty();
        }
    }
}
