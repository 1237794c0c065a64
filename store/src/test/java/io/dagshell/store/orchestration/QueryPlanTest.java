package io.dagshell.store.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import io.dagshell.store.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryPlanTest extends OrchestrationFixture {
    /** Of tables that grow with the number of runs. An index of the runs that wait or go on is read as a whole. */
    private static final Pattern WHOLE_TABLE = Pattern.compile(
            "SCAN (f|a|flow_runs|runs|task_runs|logs|attempts|artifacts|skipped_dues|s|schedules|alert_messages|m|n|backfill_dues|w)\\b"
                    + "(?! USING (COVERING )?INDEX (flow_runs_(waiting|active|leased)|alert_messages_by_time)).*");

    @TempDir
    Path folder;

    private final Set<String> statements = new ConcurrentSkipListSet<>();

    @Override
    Database open() {
        return Database.file(folder.resolve("dagshell.db"));
    }

    private void watch() {
        Transactions transactions = new Transactions(database);
        transactions.jdbi().setSqlLogger(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                statements.add(String.valueOf(context.getParsedSql().getSql()));
            }
        });
        state = Orchestration.of(transactions, clock, Limits.defaults(), DueParameters.filled());
    }

    private void doEverything() {
        deployed(
                settings().withConcurrency(2).withRetries(1, Duration.ZERO),
                every(10).withOverlap(Overlap.QUEUE));
        deployed(
                settings().withConcurrency(3).withRetries(1, Duration.ZERO),
                every(10).withOverlap(Overlap.QUEUE));
        state.queues().set("default", 1, OptionalInt.of(5), false);
        state.queues().list();
        state.tick(clock.forward(Duration.ofSeconds(10)));
        beat("a");
        FlowRun run = claimed("a", 3).get(0);
        state.tick(clock.forward(Duration.ofSeconds(10)));
        state.tick(clock.forward(Duration.ofSeconds(10)));
        state.runs().begin(run.id(), "a");
        state.agents().renew("a", List.of(run.id()), LEASE);
        state.agents().list();
        state.expire(clock.forward(Duration.ofSeconds(60)));
        state.runs().retriesOf(run.id());
        state.runs().retry(run.id(), "x");
        NewRun order = NewRun.of(ETL, "{}", clock.instant(), "x").withIdempotencyKey("k");
        state.runs().create(order);
        state.runs().create(order);
        state.runs().requestCancel(order.id(), "x");
        state.schedules().skipped(state.schedules().of(ETL).get(0).id(), 5);
        state.deployments()
                .rollback(ETL, state.deployments().versions(ETL).get(1).version());
        backfills();
        limits();
        lists();
        alerts();
        state.deleteEndedBefore(clock.forward(Duration.ofDays(2)));
        state.expire(clock.instant());
    }

    private void limits() {
        deployed(settings().withTags(new TreeSet<>(Set.of("t"))).withPauseAfterFailures(2), every(10));
        state.limits().set("t", 1);
        state.runs().create(NewRun.of(ETL, "{}", clock.instant(), "x"));
        claimed("a", 3);
        state.limits().list();
        state.expire(clock.forward(Duration.ofSeconds(3)));
        state.limits().remove("t");
    }

    private void backfills() {
        Schedule schedule = state.schedules().of(ETL).get(0);
        BackfillSpec spec = BackfillSpec.of(schedule, START.minusSeconds(60), START.minusSeconds(10));
        Backfill backfill = state.backfills().begin(spec, "x", Optional.of("k"));
        state.tick(clock.instant());
        claimed("a", 3).forEach(run -> state.runs().finish(run.id(), "a", State.FAILED, Optional.empty()));
        state.tick(clock.forward(Duration.ofSeconds(1)));
        state.backfills().plan(spec);
        state.backfills()
                .plan(new BackfillSpec(
                        ETL, Optional.empty(), spec.pattern(), spec.from(), spec.to(), spec.rerun(), spec.pace()));
        state.backfills().instants(backfill.id(), 0, 5);
        state.backfills().of(ETL, 5);
        state.backfills().going();
        state.backfills().change(backfill.id(), Optional.of(true), OptionalInt.of(2));
        state.backfills().cancel(backfill.id(), "x", false);
    }

    private void alerts() {
        for (Optional<DeploymentName> of : List.of(Optional.<DeploymentName>empty(), Optional.of(ETL))) {
            state.alertRules()
                    .set(new AlertRule(
                            "x",
                            Set.of(AlertKind.values()),
                            of,
                            Optional.of(Duration.ofSeconds(1)),
                            Duration.ofDays(1),
                            "x",
                            List.of(),
                            true));
            state.alertMessages().look(clock.forward(Duration.ofSeconds(2)), START);
        }
        AlertMessage message =
                state.alertMessages().claim(clock.instant(), 5, LEASE).get(0);
        state.alertMessages().notSent(message.id(), "x", Optional.of(clock.instant()));
        state.alertMessages().sent(message.id(), clock.instant());
        state.alertMessages().latest(5);
    }

    private void lists() {
        RunQuery all = RunQuery.latest(5);
        RunQuery.Place place = state.list().page(all).runs().get(0).place();
        List<RunQuery> queries = new ArrayList<>();
        for (RunQuery query : List.of(all, all.from(place), all.between(START, clock.instant()))) {
            queries.addAll(List.of(
                    query,
                    query.withFlow(new TaskName("x")),
                    query.withDeployment(ETL),
                    query.withStates(Set.of(State.FAILED, State.CRASHED)),
                    query.withFlow(new TaskName("x")).withStates(Set.of(State.FAILED)),
                    query.withDeployment(ETL).withStates(Set.of(State.FAILED))));
        }
        queries.forEach(state.list()::page);
        state.list().flows();
        state.list().earliest();
        queries.forEach(query -> state.list().bars(query, START, clock.instant(), Duration.ofMinutes(1)));
    }

    @Test
    void no_statement_reads_the_whole_of_a_table_that_grows() throws SQLException {
        watch();
        doEverything();

        List<String> bad = new ArrayList<>();
        TreeSet<String> seen = new TreeSet<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                if (sql.matches("(?s)\\s*(begin|commit|rollback).*")) {
                    continue;
                }
                try (ResultSet step = statement.executeQuery("explain query plan " + sql)) {
                    while (step.next()) {
                        String detail = step.getString("detail");
                        seen.add(detail);
                        Optional.of(detail)
                                .filter(each -> WHOLE_TABLE.matcher(each).matches())
                                .ifPresent(each -> bad.add(each + " in " + sql));
                    }
                }
            }
        }
        assertThat(statements).hasSizeGreaterThan(60);
        assertThat(seen).anyMatch(each -> each.contains("flow_runs_by_state"));
        assertThat(seen).anyMatch(each -> each.contains("runs_unordered_by_start"));
        assertThat(bad).isEmpty();
    }
}
