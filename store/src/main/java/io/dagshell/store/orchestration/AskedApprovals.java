package io.dagshell.store.orchestration;

import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.RunId;
import io.dagshell.store.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Questions of flows, and answers to them. Thread-safe; several servers may answer on one database, one of them does. */
public final class AskedApprovals {
    private static final String SELECT = """
            select a.*, f.deployment from approvals a left join flow_runs f on f.run_id = a.run_id
            """;

    /** Of runs that agents run: others ask where they run. */
    private static final String WAITING = SELECT + """
            where a.state = 'WAITING' and f.phase < 2 order by a.asked_at, a.run_id, a.place""";

    private static final String OF_RUN = SELECT + "where a.run_id = :run order by a.asked_at, a.place, a.question";
    private static final String ANSWER = """
            update approvals set state = :state, answer = :answer, reason = :reason, answered_by = :by,
                answered_at = :now
            where run_id = :run and place = :place and question = :question and state = 'WAITING'""";
    private static final String OVERDUE = SELECT + """
            where a.state = 'WAITING' and a.expires_at <= :now and f.phase < 2""";

    private final Transactions transactions;
    private final Clock clock;

    AskedApprovals(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** What waits for an answer, what was asked first before the others. */
    public List<AskedApproval> waiting() {
        return transactions.read(handle ->
                handle.createQuery(WAITING).map((row, context) -> read(row)).list());
    }

    /** What a run asked, in order. */
    public List<AskedApproval> of(RunId run) {
        return transactions.read(handle -> of(handle, run));
    }

    private static List<AskedApproval> of(Handle handle, RunId run) {
        return handle.createQuery(OF_RUN)
                .bind("run", run.toString())
                .map((row, context) -> read(row))
                .list();
    }

    /**
     * The question of a run that is to be answered.
     *
     * @param place which, if several wait
     * @throws RefusedException none waits, or several do
     */
    public AskedApproval question(RunId run, Optional<CallPath> place) {
        return transactions.read(handle -> question(handle, run, place));
    }

    private static AskedApproval question(Handle handle, RunId run, Optional<CallPath> place) {
        List<AskedApproval> asked = of(handle, run).stream()
                .filter(each -> place.isEmpty() || place.get().equals(each.place()))
                .toList();
        if (asked.isEmpty()) {
            throw RefusedException.unknown("Run " + run + " asks nothing"
                    + place.map(there -> " at " + there).orElse("") + ".");
        }
        List<AskedApproval> waiting = asked.stream()
                .filter(each -> each.state() == AskedApproval.State.WAITING)
                .toList();
        if (waiting.isEmpty()) {
            AskedApproval last = asked.get(asked.size() - 1);
            throw RefusedException.conflict("'" + last.question() + "' is answered already: "
                    + last.state().word() + " by " + last.by().orElse("?") + " at "
                    + last.answeredAt().map(Instant::toString).orElse("?") + ".");
        }
        if (waiting.size() > 1) {
            throw RefusedException.invalid("Run " + run + " asks several things; say which by its place: "
                    + waiting.stream()
                            .map(each -> each.place() + " ('" + each.question() + "')")
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        return waiting.get(0);
    }

    /**
     * Approves.
     *
     * @param valuesJson canonical JSON of the fields, checked by the caller
     * @param by who
     * @return the run, which goes on as soon as nothing else is asked
     * @throws RefusedException it was answered meanwhile, or the run is over
     */
    public FlowRun approve(AskedApproval question, String valuesJson, String by) {
        return answer(question, AskedApproval.State.APPROVED, valuesJson, "", by);
    }

    /** Rejects, so that the flow fails; otherwise as {@link #approve}. */
    public FlowRun reject(AskedApproval question, String reason, String by) {
        return answer(question, AskedApproval.State.REJECTED, "{}", reason, by);
    }

    private FlowRun answer(
            AskedApproval question, AskedApproval.State state, String valuesJson, String reason, String by) {
        return transactions.write(handle -> {
            FlowRun run = lock(handle, question.run());
            if (run.status().state().isTerminal()) {
                throw RefusedException.conflict("Run " + run.id() + " is "
                        + run.status().state().word() + ": there is nothing to answer any more.");
            }
            if (!write(handle, question, state, valuesJson, reason, by)) {
                // Another was first: say who.
                question(handle, question.run(), Optional.of(question.place()));
            }
            goOn(handle, question.run(), clock.instant());
            return lock(handle, question.run());
        });
    }

    private FlowRun lock(Handle handle, RunId run) {
        return handle.createQuery("select * from flow_runs where run_id = :id" + transactions.forUpdate())
                .bind("id", run.toString())
                .map((row, context) -> FlowRunRows.read(row))
                .findOne()
                .orElseThrow(() -> RefusedException.conflict("Run " + run
                        + " is none of a deployment: it is answered where it runs, in its notebook or terminal."));
    }

    private boolean write(
            Handle handle,
            AskedApproval question,
            AskedApproval.State state,
            String valuesJson,
            String reason,
            String by) {
        return handle.createUpdate(ANSWER)
                        .bind("state", state.name())
                        .bind("answer", valuesJson)
                        .bind("reason", reason)
                        .bind("by", by)
                        .bind("now", Micros.of(clock.instant()))
                        .bind("run", question.run().toString())
                        .bind("place", question.place().value())
                        .bind("question", question.question())
                        .execute()
                == 1;
    }

    /** What was not answered in time counts as rejected. */
    void expire() {
        Instant now = clock.instant();
        if (transactions.read(handle -> overdue(handle, now)).isEmpty()) {
            return;
        }
        transactions.write(handle -> {
            for (AskedApproval each : overdue(handle, now)) {
                lock(handle, each.run());
                write(handle, each, AskedApproval.State.EXPIRED, "{}", "nobody answered in time", "nobody");
                goOn(handle, each.run(), now);
            }
            return true;
        });
    }

    private static List<AskedApproval> overdue(Handle handle, Instant now) {
        return handle.createQuery(OVERDUE)
                .bind("now", Micros.of(now))
                .map((row, context) -> read(row))
                .list();
    }

    static boolean waits(Handle handle, RunId run) {
        return of(handle, run).stream().anyMatch(each -> each.state() == AskedApproval.State.WAITING);
    }

    /** A Paused run whose questions are all answered is to be begun again, and so is one that was rejected. */
    static void goOn(Handle handle, RunId run, Instant now) {
        List<AskedApproval> asked = of(handle, run);
        boolean waits = asked.stream().anyMatch(each -> each.state() == AskedApproval.State.WAITING);
        Optional<AskedApproval> rejected = asked.stream()
                .filter(each ->
                        each.state() == AskedApproval.State.REJECTED || each.state() == AskedApproval.State.EXPIRED)
                .findFirst();
        if (asked.isEmpty() || (waits && rejected.isEmpty())) {
            return;
        }
        AskedApproval last = rejected.orElseGet(() -> asked.get(asked.size() - 1));
        Moves.letGo(
                handle,
                run,
                "'" + last.question() + "' was "
                        + (last.state() == AskedApproval.State.APPROVED ? "approved" : "rejected") + " by "
                        + last.by().orElse("?"),
                now);
    }

    /**
     * Answers that the next process of a run is given: its own, and what was approved in the runs it resumes. What was
     * rejected there is asked again.
     */
    public List<AskedApproval> answers(FlowRun run) {
        return transactions.read(handle -> {
            List<AskedApproval> answers = new ArrayList<>(of(handle, run.id()).stream()
                    .filter(each -> each.state() != AskedApproval.State.WAITING)
                    .toList());
            Set<RunId> seen = new HashSet<>(Set.of(run.id()));
            Optional<RunId> before = run.origin().resumes();
            while (before.isPresent() && seen.add(before.get())) {
                answers.addAll(of(handle, before.get()).stream()
                        .filter(each -> each.state() == AskedApproval.State.APPROVED)
                        .toList());
                before = handle.createQuery("select resumes from flow_runs where run_id = :id and resumes is not null")
                        .bind("id", before.get().toString())
                        .mapTo(String.class)
                        .findOne()
                        .map(RunId::parse);
            }
            return List.copyOf(answers);
        });
    }

    private static AskedApproval read(ResultSet row) throws SQLException {
        return new AskedApproval(
                RunId.parse(row.getString("run_id")),
                Columns.text(row, "deployment").map(DeploymentName::new),
                new CallPath(row.getString("place")),
                row.getString("question"),
                row.getString("form"),
                Micros.instant(row.getLong("asked_at")),
                Columns.instant(row, "expires_at"),
                AskedApproval.State.valueOf(row.getString("state")),
                Columns.text(row, "answer"),
                Columns.text(row, "reason"),
                Columns.text(row, "answered_by"),
                Columns.instant(row, "answered_at"));
    }
}
