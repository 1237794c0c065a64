package io.dagshell.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.store.access.Access;
import io.dagshell.store.access.AccessToken;
import io.dagshell.store.access.AuditQuery;
import io.dagshell.store.access.Role;
import io.dagshell.store.orchestration.AlertKind;
import io.dagshell.store.orchestration.Backfill;
import io.dagshell.store.orchestration.Deployment;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.FlowRun;
import io.dagshell.store.orchestration.Orchestration;
import io.dagshell.store.orchestration.Schedule;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** What {@link EarlierRows} put in, asked of the store as the dashboard, the commands and the agents ask it. */
final class RowsReadBack {
    private static final String PREFIX = "019500b0-0000-7000-8000-0000000000";
    private static final DeploymentName NIGHTLY = new DeploymentName("Nightly ü");
    private static final Instant AT = Instant.parse("2026-03-02T10:00:00Z");

    private RowsReadBack() {}

    private static RunId run(String end) {
        return RunId.parse(PREFIX + end);
    }

    static void check(Database database, int version) throws Exception {
        try (RunStore runs = RunStore.open(database)) {
            checkRuns(runs, version);
        }
        Orchestration state = Orchestration.of(database);
        if (version >= 4) {
            checkDeployment(state);
            checkSchedules(state);
            checkFlowRuns(state);
        }
        if (version >= 5) {
            assertThat(one(database, "select next from received_events where run_id = '" + run("02") + "'"))
                    .isEqualTo("17");
        }
        if (version >= 11) {
            assertThat(state.alertRules().find("night watch").orElseThrow().kinds())
                    .containsExactlyInAnyOrder(AlertKind.FAILED, AlertKind.SLOW);
            assertThat(state.alertMessages().latest(10))
                    .anySatisfy(sent -> assertThat(sent.run()).contains(run("21")));
        }
        checkLaterOnes(state, database, version);
    }

    private static void checkLaterOnes(Orchestration state, Database database, int version) throws Exception {
        if (version >= 12) {
            Backfill days = state.backfills().of(NIGHTLY, 10).get(0);
            assertThat(days.spec().pace().stopAfter()).isEqualTo(3);
            assertThat(one(database, "select count(*) from backfill_dues where state = 'WAITING'"))
                    .isEqualTo("2");
        }
        if (version >= 14) {
            assertThat(one(database, "select paused_reason from deployments")).isEqualTo("3 runs in a row failed");
        }
        if (version >= 17) {
            assertThat(state.approvals().of(run("02")).get(0).by()).contains("ada ü");
            assertThat(one(database, "select max(starts) from flow_runs")).isEqualTo("2");
        }
        if (version >= 19) {
            assertThat(state.agents().list().get(0).version()).contains("0.1.0");
            assertThat(state.agents().list().get(0).notServed()).contains("is of an older DagShell than the server");
        }
        if (version >= 15) {
            assertThat(state.limits().list()).hasSize(1);
        }
        if (version >= 16) {
            checkAccess(Access.of(database, Clock.fixed(AT, ZoneOffset.UTC)));
        }
    }

    private static void checkAccess(Access access) {
        assertThat(access.users().find("ada").orElseThrow().role()).isEqualTo(Role.ADMIN);
        assertThat(access.users().credentials("ada").orElseThrow().hash()).startsWith("pbkdf2-sha256$600000$");
        assertThat(access.tokens().find("70ce").orElseThrow().state(AT)).isEqualTo(AccessToken.State.LIVE);
        assertThat(access.audit().page(AuditQuery.latest(9)).entries())
                .extracting(entry -> entry.what().object())
                .containsExactly("ci");
    }

    private static void checkRuns(RunStore runs, int version) {
        RunDetail failed = runs.run(run("01")).orElseThrow();
        assertThat(failed.run().title()).isEqualTo("Ingest ü");
        assertThat(failed.run().startedAt()).isEqualTo(AT.plusNanos(123_456_000));
        assertThat(failed.run().state()).isEqualTo(State.FAILED);
        assertThat(failed.tasks()).hasSize(3);
        assertThat(failed.tasks().get(1).cache().orElseThrow().age()).contains(Duration.ofMinutes(5));
        assertThat(failed.tasks().get(2).failure().orElseThrow().location()).isEqualTo("etl.ipynb[3]:2");
        assertThat(failed.tasks().get(2).call().upstream()).containsExactly(1);
        assertThat(runs.logs(run("01"), -1, 10))
                .extracting(LogRecord::text)
                .containsExactly("read", "half 'way'; drop table runs;--");
        if (version >= 2) {
            assertThat(runs.find(run("02")).orElseThrow().resumes()).contains(run("01"));
            assertThat(runs.attempts(run("02"))).hasSize(1);
            assertThat(runs.artifacts(run("02")).get(0).content().content()).containsEntry("text/plain", "3 rows");
        }
        if (version >= 6) {
            assertThat(runs.key(run("02"), 0).orElseThrow().parts())
                    .extracting(part -> part.label())
                    .containsExactly("code load", "helper datasetUri", "argument year");
        }
    }

    private static void checkDeployment(Orchestration state) {
        Deployment nightly = state.deployments().show(NIGHTLY);
        assertThat(nightly.paused()).isTrue();
        assertThat(nightly.current().version()).isEqualTo("v2");
        assertThat(nightly.current().settings().tags()).containsExactly("db", "load");
        assertThat(nightly.current().settings().concurrency()).hasValue(2);
        assertThat(nightly.current().settings().retryDelay()).isEqualTo(Duration.ofSeconds(30));
        assertThat(state.deployments().versions(NIGHTLY)).hasSize(2);
        assertThat(state.deployments().files(NIGHTLY, "v2").bytes("flow.jar").orElseThrow())
                .containsExactly(0, 1, -1);
        assertThat(new String(
                        state.deployments()
                                .files(NIGHTLY, "v2")
                                .bytes("deployment.yaml")
                                .orElseThrow(),
                        StandardCharsets.UTF_8))
                .isEqualTo("name: x\n");
    }

    private static void checkSchedules(Orchestration state) {
        assertThat(state.schedules().of(NIGHTLY)).extracting(Schedule::fromFile).containsExactlyInAnyOrder(true, false);
        Schedule daily = state.schedules().of(NIGHTLY).stream()
                .filter(Schedule::fromFile)
                .findFirst()
                .orElseThrow();
        assertThat(daily.spec().parametersJson()).isEqualTo("{\"year\":2022}");
        assertThat(daily.nextDue()).contains(Instant.parse("2100-01-01T02:00:00Z"));
        assertThat(state.schedules().skipped(daily.id(), 5).get(0).count()).isEqualTo(3);
        assertThat(state.queues().list())
                .anySatisfy(queue -> {
                    assertThat(queue.name()).isEqualTo("night");
                    assertThat(queue.priority()).isEqualTo(5);
                })
                .anySatisfy(queue -> assertThat(queue.paused()).isTrue());
        assertThat(state.agents().list().get(0).queues()).containsExactly("default", "night");
    }

    private static void checkFlowRuns(Orchestration state) {
        FlowRun waiting = state.runs().show(run("22"));
        assertThat(waiting.status().state()).isEqualTo(State.SCHEDULED);
        assertThat(waiting.origin().retryOf()).contains(run("21"));
        assertThat(waiting.plan().parametersJson()).isEqualTo("{\"year\":2021}");
        assertThat(state.runs().show(run("21")).status().state()).isEqualTo(State.CRASHED);
        assertThat(state.runs().show(run("21")).status().reason()).isEqualTo(Optional.of("its agent is missing"));
    }

    private static String one(Database database, String sql) throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }
}
