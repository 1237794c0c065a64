package io.dagshell.store.orchestration;

import io.dagshell.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * The orchestration state in a database: what is deployed, when it is due, who runs it. Several servers may share one
 * database. Nothing happens by itself: a server calls {@link #tick} and {@link #expire} about every second. Thread-safe.
 *
 * <pre>{@code
 * Orchestration state = Orchestration.of(Database.at("jdbc:postgresql://host/dagshell"));
 * state.deployments().apply(spec, false);
 * state.runs().create(NewRun.of(spec.name(), "{\"year\":2021}", Instant.now(), "api"));
 * List<FlowRun> mine = state.claim(new Claim("agent-1", List.of("default"), Set.of(17), 4, Duration.ofSeconds(15)));
 * }</pre>
 */
public final class Orchestration {
    private final Deployments deployments;
    private final Schedules schedules;
    private final FlowRuns runs;
    private final Agents agents;
    private final WorkQueues queues;
    private final RunLimits limits;
    private final Claims claims;
    private final Tick tick;
    private final Backfills backfills;
    private final BackfillTick backfillTick;
    private final Expiry expiry;
    private final RunList list;
    private final Retention retention;
    private final RunChanges changes;
    private final SharedLibraries libraries;
    private final AlertRules alertRules;
    private final AlertMessages alertMessages;
    private final RunFigures figures;
    private final TracedRuns traced;
    private final AskedApprovals approvals;

    private Orchestration(Transactions transactions, Clock clock, Limits limits, DueParameters parameters) {
        deployments = new Deployments(transactions, clock);
        schedules = new Schedules(transactions, clock);
        runs = new FlowRuns(transactions, clock);
        agents = new Agents(transactions, clock, limits);
        queues = new WorkQueues(transactions, clock);
        this.limits = new RunLimits(transactions, clock);
        claims = new Claims(transactions, clock, limits);
        tick = new Tick(transactions, limits, parameters);
        backfills = new Backfills(transactions, clock, parameters);
        backfillTick = new BackfillTick(transactions, parameters);
        expiry = new Expiry(transactions, limits);
        list = new RunList(transactions);
        retention = new Retention(transactions);
        changes = new RunChanges(transactions);
        libraries = new SharedLibraries(transactions, clock);
        alertRules = new AlertRules(transactions, clock);
        alertMessages = new AlertMessages(transactions);
        figures = new RunFigures(transactions);
        traced = new TracedRuns(transactions);
        approvals = new AskedApprovals(transactions, clock);
    }

    /** By the time of the database, which stays the caller's to close. */
    public static Orchestration of(Database database) {
        return of(database, database.clock(), Limits.defaults(), DueParameters.filled());
    }

    public static Orchestration of(Database database, Clock clock, Limits limits, DueParameters parameters) {
        return of(new Transactions(database), clock, limits, parameters);
    }

    static Orchestration of(Transactions transactions, Clock clock, Limits limits, DueParameters parameters) {
        return new Orchestration(transactions, clock, limits, parameters);
    }

    public Deployments deployments() {
        return deployments;
    }

    public Schedules schedules() {
        return schedules;
    }

    /** Ranges of the past that are run. */
    public Backfills backfills() {
        return backfills;
    }

    public FlowRuns runs() {
        return runs;
    }

    /** Lists of runs, planned or not. */
    public RunList list() {
        return list;
    }

    /** What changed of runs, for those who watch. */
    public RunChanges changes() {
        return changes;
    }

    /** Jars, where several servers share the database. */
    public SharedLibraries libraries() {
        return libraries;
    }

    public Agents agents() {
        return agents;
    }

    public WorkQueues queues() {
        return queues;
    }

    /** Limits of tags. */
    public RunLimits limits() {
        return limits;
    }

    /** Whom to tell of what. */
    public AlertRules alertRules() {
        return alertRules;
    }

    /** What there is to tell. */
    public AlertMessages alertMessages() {
        return alertMessages;
    }

    /** What flows ask people. */
    public AskedApprovals approvals() {
        return approvals;
    }

    /** What runs come to, in numbers. */
    public RunFigures figures() {
        return figures;
    }

    /** What a collector of traces is to be told of. */
    public TracedRuns traced() {
        return traced;
    }

    /**
     * Makes a run of each due instant up to {@code now}, or records why there is none, and runs of what backfills ask for
     * next.
     */
    public TickReport tick(Instant now) {
        return tick.at(now).and(backfillTick.at(now));
    }

    /**
     * Hands runs to an agent, which are Pending then: those of the queues served first come first, then those longest
     * due. Runs that need another JDK stay, and so do those whose deployment, queue or tag has as many as it may.
     */
    public List<FlowRun> claim(Claim claim) {
        return claims.claim(claim);
    }

    /**
     * Ends runs whose lease is over or whose agent is missing: Crashed, with a run made anew where the deployment's
     * retries allow, or Cancelled if that was asked for. Runs not claimed in time become Late, and all that wait say
     * why.
     */
    public ExpiryReport expire(Instant now) {
        return expiry.at(now);
    }

    /** Deletes runs that ended before {@code moment}, and what is known of them, a few at a time; says how many. */
    public int deleteEndedBefore(Instant moment) {
        return retention.deleteEndedBefore(moment);
    }

    /** Deletes the logs of runs that ended before {@code moment}, and keeps the runs; says of how many. */
    public int deleteLogsOfEndedBefore(Instant moment) {
        return retention.deleteLogsOfEndedBefore(moment);
    }

    /**
     * Deletes runs, those that ended first, until the database's file holds at most so many bytes; says how many. Not for
     * PostgreSQL, whose size says nothing of what it holds.
     */
    public int deleteOldestUntil(long bytes) {
        return retention.deleteOldestUntil(bytes);
    }
}
