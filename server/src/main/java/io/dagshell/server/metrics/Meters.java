package io.dagshell.server.metrics;

import io.dagshell.server.metrics.Exposition.Kind;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What this process counts as it goes: requests and looks at the schedules. Thread-safe. */
public final class Meters {
    private static final String BEGAN = "dagshell.began";
    private static final List<String> STATUSES = List.of("2xx", "3xx", "4xx", "5xx");

    private final Clock clock;
    private final Map<String, Buckets> requests = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
    private final Buckets ticks = Buckets.ofAnswers();
    private final LongAdder failedTicks = new LongAdder();
    private volatile @Nullable Instant ticked;

    public Meters(Clock clock) {
        this.clock = clock;
        // A counter that begins at 1 has no rise: the first answer that is an error would not be seen.
        for (String part : List.of("agents", "api", "pages", "waiting", "watch")) {
            STATUSES.forEach(status -> answers.put(part + " " + status, new LongAdder()));
        }
    }

    /** Before a request is looked at. */
    public void began(Context request) {
        request.attribute(BEGAN, System.nanoTime());
    }

    /** When its answer is made. */
    public void answered(Context request) {
        Long began = request.attribute(BEGAN);
        if (began == null) {
            return;
        }
        String part = part(request.path());
        answers.computeIfAbsent(part + " " + request.statusCode() / 100 + "xx", each -> new LongAdder())
                .increment();
        // Who waits for work or for news waits because there is none.
        if (!part.equals("waiting")) {
            requests.computeIfAbsent(part, each -> Buckets.ofAnswers()).addNanos(System.nanoTime() - began);
        }
    }

    /** A part of the house, never a name that people gave: there are as many series as lines here. */
    static String part(String path) {
        if (path.endsWith("/events") || path.matches("/api/agents/[^/]+/work")) {
            return "waiting";
        }
        if (path.startsWith("/api/agents") || path.startsWith("/api/libraries")) {
            return "agents";
        }
        if (path.startsWith("/api")) {
            return "api";
        }
        return path.equals("/metrics") || path.equals("/health") ? "watch" : "pages";
    }

    /** The schedules were looked at. */
    public void ticked(long nanos) {
        ticks.addNanos(nanos);
        ticked = clock.instant();
    }

    /** They could not be looked at. */
    public void tickFailed() {
        failedTicks.increment();
    }

    void tell(Exposition to, Instant now) {
        to.name("dagshell_http_request_seconds", Kind.HISTOGRAM, "Time to answer a request, by part of the server.");
        new TreeMap<>(requests).forEach((part, times) -> times.tell(to, "dagshell_http_request_seconds", "part", part));
        to.name("dagshell_http_requests_total", Kind.COUNTER, "Requests answered, by part of the server and status.");
        new TreeMap<>(answers)
                .forEach((key, count) -> to.sample(
                        "dagshell_http_requests_total",
                        count.sum(),
                        "part",
                        key.substring(0, key.indexOf(' ')),
                        "status",
                        key.substring(key.indexOf(' ') + 1).toLowerCase(Locale.ROOT)));
        ticks.tell(to, "dagshell_tick_seconds", "Time of a look at the schedules, which is one at the database.");
        to.only("dagshell_tick_failures_total", Kind.COUNTER, "Looks at the schedules that failed.", failedTicks.sum());
        Instant last = ticked;
        if (last != null) {
            to.only(
                    "dagshell_tick_age_seconds",
                    Kind.GAUGE,
                    "Time since the schedules were last looked at.",
                    Math.max(0, java.time.Duration.between(last, now).toMillis() / 1e3));
        }
    }
}
