package io.dagshell.server.metrics;

import io.dagshell.engine.home.Home;
import io.dagshell.server.metrics.Exposition.Kind;
import io.dagshell.store.Database;
import io.dagshell.store.orchestration.Agent;
import io.dagshell.store.orchestration.Orchestration;
import io.dagshell.store.orchestration.RunFigures;
import io.dagshell.store.orchestration.WorkQueue;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code /metrics}. Nothing is counted for it while nobody asks, but requests and looks at the schedules; where several
 * servers share a database each tells the same of its runs. Thread-safe.
 */
public final class Metrics {
    private static final Duration DAY = Duration.ofDays(1);

    private final Orchestration state;
    private final Database database;
    private final Home home;
    private final Meters meters;
    private final Clock clock;
    private final EndedRuns ended;

    public Metrics(Orchestration state, Database database, Home home, Meters meters, Clock clock) {
        this.state = state;
        this.database = database;
        this.home = home;
        this.meters = meters;
        this.clock = clock;
        this.ended = new EndedRuns(state.figures(), clock.instant());
    }

    /** Adds the handlers. */
    public void add(RoutesConfig routes) {
        routes.before(meters::began);
        routes.after(meters::answered);
        routes.get("/metrics", this::answer);
    }

    private void answer(Context request) {
        request.contentType(Exposition.TYPE);
        request.result(text());
    }

    String text() {
        Instant now = clock.instant();
        Exposition to = new Exposition();
        meters.tell(to, now);
        process(to);
        disks(to);
        long began = System.nanoTime();
        List<RunFigures.Going> going;
        try {
            going = state.figures().going();
        } catch (RuntimeException away) {
            // Who watches is to see that the database is away, and all that is known without it.
            to.only("dagshell_database_up", Kind.GAUGE, "Whether the database answers: 1 or 0.", 0);
            return to.toString();
        }
        to.only("dagshell_database_up", Kind.GAUGE, "Whether the database answers: 1 or 0.", 1);
        to.only(
                "dagshell_database_seconds",
                Kind.GAUGE,
                "Time of one look at the database, made for this answer.",
                (System.nanoTime() - began) / 1e9);
        runs(to, going);
        ended.tell(to, now);
        queues(to, now);
        agents(to, now);
        to.name("dagshell_alert_messages", Kind.GAUGE, "Messages of alerts made in the last day, by how far they are.");
        state.figures()
                .alerts(now.minus(DAY))
                .forEach(each -> to.sample("dagshell_alert_messages", each.messages(), "state", each.state()));
        return to.toString();
    }

    private void runs(Exposition to, List<RunFigures.Going> going) {
        to.name("dagshell_runs", Kind.GAUGE, "Runs that are not over, those planned for later too.");
        Map<String, Map<String, Long>> sums = new TreeMap<>();
        going.forEach(each -> sums.computeIfAbsent(ended.label(each.deployment()), name -> new TreeMap<>())
                .merge(each.state(), each.runs(), Long::sum));
        sums.forEach((deployment, states) -> states.forEach(
                (word, runs) -> to.sample("dagshell_runs", runs, "deployment", deployment, "state", word)));
    }

    private void queues(Exposition to, Instant now) {
        List<WorkQueue> queues = state.queues().list();
        to.name("dagshell_queue_waiting_runs", Kind.GAUGE, "Runs of a work queue that are due and that no agent took.");
        queues.forEach(each -> to.sample("dagshell_queue_waiting_runs", each.waiting(), "queue", each.name()));
        to.name("dagshell_queue_active_runs", Kind.GAUGE, "Runs of a work queue that an agent has.");
        queues.forEach(each -> to.sample("dagshell_queue_active_runs", each.active(), "queue", each.name()));
        to.name("dagshell_queue_wait_seconds", Kind.GAUGE, "How long the longest waiting run of a queue is due.");
        state.figures()
                .waiting(now)
                .forEach(each ->
                        to.sample("dagshell_queue_wait_seconds", seconds(each.due(), now), "queue", each.queue()));
    }

    private void agents(Exposition to, Instant now) {
        List<Agent> agents = state.agents().list();
        to.name("dagshell_agent_heartbeat_age_seconds", Kind.GAUGE, "Time since an agent was last heard of.");
        agents.forEach(each -> to.sample(
                "dagshell_agent_heartbeat_age_seconds", seconds(each.lastHeartbeat(), now), "agent", each.name()));
        to.name("dagshell_agent_running_runs", Kind.GAUGE, "Runs that an agent has.");
        agents.forEach(each -> to.sample("dagshell_agent_running_runs", each.running(), "agent", each.name()));
    }

    private static void process(Exposition to) {
        var runtime = ManagementFactory.getRuntimeMXBean();
        to.only(
                "process_start_time_seconds",
                Kind.GAUGE,
                "When this server started, in seconds since 1970.",
                runtime.getStartTime() / 1e3);
        ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .ifPresent(used -> to.only(
                        "process_cpu_seconds_total", Kind.COUNTER, "Processor time used.", used.toMillis() / 1e3));
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
        to.name("jvm_memory_used_bytes", Kind.GAUGE, "Memory in use.")
                .sample("jvm_memory_used_bytes", heap.getUsed(), "area", "heap")
                .sample("jvm_memory_used_bytes", other.getUsed(), "area", "nonheap");
        to.only("jvm_memory_max_bytes", Kind.GAUGE, "What the heap may have.", heap.getMax());
        to.only(
                "jvm_threads_current",
                Kind.GAUGE,
                "Threads.",
                ManagementFactory.getThreadMXBean().getThreadCount());
    }

    private void disks(Exposition to) {
        try {
            to.only(
                    "dagshell_home_free_bytes",
                    Kind.GAUGE,
                    "Room left on the disk of the server's home.",
                    Files.getFileStore(home.data()).getUsableSpace());
            if (!database.isPostgres() && Files.exists(home.database())) {
                to.only(
                        "dagshell_database_bytes",
                        Kind.GAUGE,
                        "Size of the database's file.",
                        Files.size(home.database()));
            }
        } catch (IOException unknown) {
            System.getLogger(Metrics.class.getName())
                    .log(System.Logger.Level.DEBUG, "the size of the home's disk", unknown);
        }
    }

    private static double seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis() / 1e3);
    }
}
