package io.dagshell.store.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Deployments, orders, claims and leases, on every database. */
abstract class OrchestrationContract extends OrchestrationFixture {

    @Test
    void an_applied_folder_is_shown_with_its_settings_and_files() {
        DeploymentSpec spec = spec(ETL, "name: ETL")
                .withSettings(settings()
                        .withConcurrency(2)
                        .withDescription("Tägliche")
                        .withRetries(1, Duration.ofSeconds(5)))
                .withSchedules(List.of(ScheduleSpec.of(new Timing.Cron("0 * * * *", ZoneId.of("Europe/Berlin")))));
        Deployment shown = state.deployments().apply(spec, false);

        assertThat(shown.current().version()).isEqualTo(spec.files().version());
        assertThat(shown.current().settings()).isEqualTo(spec.settings());
        assertThat(state.deployments().list()).containsExactly(shown);
        FolderFiles kept = state.deployments().files(ETL, shown.current().version());
        assertThat(kept.text(FolderFiles.YAML)).contains("name: ETL");
        assertThat(kept.bytes(FolderFiles.JAR)).contains(new byte[] {0, 1, -1});
        assertThat(kept.version()).isEqualTo(spec.files().version());
        assertThat(state.schedules().of(ETL)).extracting(Schedule::spec).containsExactlyElementsOf(spec.schedules());
    }

    @Test
    void a_rollback_brings_back_the_earlier_version_with_its_schedules() {
        Deployment first = deployed(settings(), every(10), every(60));
        ScheduleId kept = state.schedules().of(ETL).get(0).id();
        clock.forward(Duration.ofSeconds(1));
        ScheduleSpec slower = every(10).withOverlap(Overlap.QUEUE);
        Deployment second = deployed(settings().withConcurrency(3), slower);
        Schedule added = state.schedules().add(ETL, every(3600));

        assertThat(state.schedules().of(ETL)).extracting(Schedule::id).containsExactly(kept, added.id());
        assertThat(state.schedules().show(kept).spec()).isEqualTo(slower);
        Deployment back =
                state.deployments().rollback(ETL, first.current().version().substring(0, 8));
        assertThat(back.current()).isEqualTo(first.current());
        assertThat(state.schedules().of(ETL))
                .hasSize(3)
                .extracting(Schedule::id)
                .contains(kept, added.id());
        assertThat(state.deployments().versions(ETL))
                .extracting(DeploymentVersion::version)
                .containsExactly(second.current().version(), first.current().version());
    }

    @Test
    void a_deployment_of_another_flow_is_replaced_only_if_that_is_said() {
        deployed(settings());
        DeploymentSpec other = DeploymentSpec.of(ETL, new TaskName("other"), 17, folder("other"));

        assertThatThrownBy(() -> state.deployments().apply(other, false))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("etlParent")
                .hasMessageContaining("--replace");
        assertThatThrownBy(() -> state.deployments().require(other, false)).hasMessageContaining("--replace");
        state.deployments().require(other, true);
        assertThat(state.deployments().show(ETL).current().flow()).isEqualTo(new TaskName("etlParent"));
        assertThat(state.deployments().apply(other, true).current().flow()).isEqualTo(new TaskName("other"));
    }

    @Test
    void an_order_goes_from_scheduled_over_pending_and_running_to_its_end() {
        deployed(settings());
        FlowRun order = ordered();
        assertThat(order.status().state()).isEqualTo(State.SCHEDULED);

        assertThat(claimed("a", 5)).extracting(FlowRun::id).containsExactly(order.id());
        assertThat(claimed("b", 5)).isEmpty();
        assertThat(run(order.id()).status().agent()).contains("a");
        assertThat(state.runs().begin(order.id(), "a")).isTrue();
        assertThat(state.runs().finish(order.id(), "a", State.COMPLETED, Optional.empty()))
                .isTrue();
        assertThat(state.runs().finish(order.id(), "a", State.FAILED, Optional.of("late")))
                .isFalse();
        assertThat(run(order.id()).status().state()).isEqualTo(State.COMPLETED);
        assertThat(run(order.id()).status().finishedAt()).contains(clock.instant());
    }

    @Test
    void a_second_order_of_the_same_key_is_the_first() {
        deployed(settings());
        NewRun order = NewRun.of(ETL, "{}", START, "api").withIdempotencyKey("k");
        FlowRun first = state.runs().create(order);

        assertThat(state.runs().create(order)).isEqualTo(first);
        assertThat(state.runs().create(NewRun.of(ETL, "{}", START, "api").withIdempotencyKey("k")))
                .isEqualTo(first);
        assertThatThrownBy(() -> state.runs().create(NewRun.of(new DeploymentName("no"), "{}", START, "api")))
                .hasMessageContaining("no deployment 'no'");
    }

    @Test
    void limits_of_deployment_and_queue_are_kept_within_one_claim_and_across_claims() {
        deployed(settings().withConcurrency(2));
        for (int i = 0; i < 4; i++) {
            ordered();
        }
        List<FlowRun> first = claimed("a", 4);
        assertThat(first).hasSize(2);
        assertThat(claimed("b", 4)).isEmpty();
        state.runs().finish(first.get(0).id(), "a", State.COMPLETED, Optional.empty());
        assertThat(claimed("b", 4)).hasSize(1);

        state.queues().set("default", 1, OptionalInt.of(2), false);
        state.runs().finish(first.get(1).id(), "a", State.COMPLETED, Optional.empty());
        deployed(settings());
        assertThat(claimed("b", 4)).hasSize(1);
        state.queues().set("default", 1, OptionalInt.empty(), true);
        ordered();
        assertThat(claimed("b", 4)).isEmpty();
    }

    @Test
    void queues_of_higher_priority_are_served_first() {
        deployed(settings());
        FlowRun slow = ordered();
        clock.forward(Duration.ofSeconds(1));
        FlowRun fast =
                state.runs().create(NewRun.of(ETL, "{}", clock.instant(), "ada").withQueue("fast"));
        state.queues().set("fast", 1, OptionalInt.empty(), false);

        Claim one = new Claim("a", List.of("default", "fast"), Set.of(17), 1, LEASE);
        assertThat(state.claim(one)).extracting(FlowRun::id).containsExactly(fast.id());
        assertThat(state.claim(one)).extracting(FlowRun::id).containsExactly(slow.id());
    }

    @Test
    void a_run_whose_jdk_no_agent_has_waits_and_says_so() {
        deployed(settings());
        FlowRun order = ordered();
        state.agents()
                .heartbeat(AgentReport.of("a", "host", List.of("default"), new java.util.TreeSet<>(Set.of(21, 25))));
        assertThat(state.claim(new Claim("a", List.of("default"), Set.of(21, 25), 1, LEASE)))
                .isEmpty();
        clock.forward(Duration.ofSeconds(5));
        state.expire(clock.instant());

        assertThat(run(order.id()).status().reason().orElseThrow())
                .contains("needs JDK 17")
                .contains("[21, 25]");
        clock.forward(Duration.ofSeconds(30));
        assertThat(state.expire(clock.instant()).late()).isEqualTo(1);
        assertThat(run(order.id()).status().state()).isEqualTo(State.LATE);
        assertThat(run(order.id()).status().reason()).contains("no agent serves work queue default");
        assertThat(claimed("b", 1)).hasSize(1);
        assertThat(run(order.id()).status().reason()).isEmpty();
    }

    @Test
    void a_run_for_which_there_are_only_agents_of_another_dagshell_waits_and_says_so() {
        deployed(settings());
        FlowRun order = ordered();
        AgentReport older = AgentReport.of("a", "host", List.of("default"), new java.util.TreeSet<>(Set.of(17)))
                .withVersion("0.1")
                .notServed(Optional.of("is of an older DagShell than the server"));
        state.agents().heartbeat(older);
        clock.forward(Duration.ofSeconds(5));
        state.expire(clock.instant());

        assertThat(run(order.id()).status().reason())
                .contains("the agents of work queue default are of another DagShell than the server");
        assertThat(state.agents().list().get(0).notServed()).contains("is of an older DagShell than the server");
        assertThat(state.agents().list().get(0).version()).contains("0.1");

        state.agents().heartbeat(AgentReport.of("a", "host", List.of("default"), older.jdks()));

        assertThat(state.agents().list().get(0).notServed()).isEmpty();
        assertThat(state.agents().list().get(0).version()).isEmpty();
    }

    @Test
    void a_run_of_an_agent_that_is_gone_crashes_and_is_made_anew_as_often_as_retries_allow() {
        deployed(settings().withRetries(1, Duration.ofSeconds(5)));
        FlowRun order = ordered();
        beat("a");
        claimed("a", 1);
        state.runs().begin(order.id(), "a");
        clock.forward(Duration.ofSeconds(10));
        beat("a");
        assertThat(state.agents().renew("a", List.of(order.id()), LEASE).renewed())
                .containsExactly(order.id());
        clock.forward(Duration.ofSeconds(10));
        assertThat(state.expire(clock.instant()).ended()).isEmpty();
        clock.forward(Duration.ofSeconds(10));
        assertThat(state.expire(clock.instant()).ended())
                .extracting(FlowRun::id)
                .containsExactly(order.id());

        assertThat(run(order.id()).status().state()).isEqualTo(State.CRASHED);
        assertThat(run(order.id()).status().reason().orElseThrow()).contains("agent a was not heard of");
        FlowRun again = state.runs().retriesOf(order.id()).get(0);
        assertThat(again.origin().resumes()).contains(order.id());
        assertThat(state.agents().renew("a", List.of(order.id()), LEASE).lost()).containsExactly(order.id());
        assertThat(claimed("b", 1)).isEmpty();
        clock.forward(Duration.ofSeconds(6));
        assertThat(claimed("b", 1)).extracting(FlowRun::id).containsExactly(again.id());
        state.runs().finish(again.id(), "b", State.CRASHED, Optional.of("out of memory"));
        assertThat(state.runs().retriesOf(again.id())).isEmpty();
    }

    @Test
    void a_run_whose_agent_went_away_before_it_began_waits_for_another_and_the_first_may_not_begin_it() {
        deployed(settings());
        FlowRun order = ordered();
        claimed("a", 1);
        clock.forward(LEASE.plusSeconds(1));
        beat("b");
        assertThat(state.expire(clock.instant()).givenBack())
                .extracting(FlowRun::id)
                .containsExactly(order.id());

        assertThat(run(order.id()).status().state()).isEqualTo(State.LATE);
        assertThat(run(order.id()).status().agent()).isEmpty();
        assertThat(run(order.id()).status().reason().orElseThrow())
                .isEqualTo("agent a was not heard of any more, it had taken the run and not begun it");
        assertThat(state.runs().begin(order.id(), "a")).isFalse();
        assertThat(claimed("b", 1)).extracting(FlowRun::id).containsExactly(order.id());
        assertThat(state.runs().begin(order.id(), "a")).isFalse();
        assertThat(state.agents().renew("a", List.of(order.id()), LEASE).lost()).containsExactly(order.id());
        assertThat(state.runs().finish(order.id(), "a", State.FAILED, Optional.of("no room")))
                .isFalse();
        assertThat(state.runs().begin(order.id(), "b")).isTrue();
        assertThat(state.runs().begin(order.id(), "b"))
                .as("asked again since the answer was lost")
                .isTrue();
        assertThat(state.runs().finish(order.id(), "b", State.COMPLETED, Optional.empty()))
                .isTrue();
        assertThat(all()).hasSize(1);
    }

    @Test
    void a_run_that_is_cancelled_before_its_agent_began_it_is_not_begun() {
        deployed(settings());
        FlowRun order = ordered();
        claimed("a", 1);
        state.runs().requestCancel(order.id(), "by ada");

        assertThat(state.runs().begin(order.id(), "a")).isFalse();
        assertThat(run(order.id()).status().state()).isEqualTo(State.CANCELLED);
        assertThat(run(order.id()).status().reason()).contains("by ada");
    }

    @Test
    void a_cancel_ends_whether_the_agent_is_there_or_not() {
        deployed(settings());
        FlowRun waiting = ordered();
        assertThat(state.runs().requestCancel(waiting.id(), "by ada").status().state())
                .isEqualTo(State.CANCELLED);

        FlowRun going = ordered();
        claimed("a", 1);
        state.runs().begin(going.id(), "a");
        assertThat(state.runs().requestCancel(going.id(), "by ada").status().state())
                .isEqualTo(State.CANCELLING);
        assertThat(state.agents().renew("a", List.of(going.id()), LEASE).cancelling())
                .containsExactly(going.id());
        clock.forward(LEASE.plusSeconds(1));
        state.expire(clock.instant());
        assertThat(run(going.id()).status().state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void a_failed_run_is_run_again_or_resumed_and_a_completed_one_is_not_resumed() {
        deployed(settings());
        FlowRun order = ordered();
        assertThatThrownBy(() -> state.runs().retry(order.id(), "ada")).hasMessageContaining("Scheduled");
        claimed("a", 1);
        state.runs().finish(order.id(), "a", State.FAILED, Optional.of("404"));

        assertThat(state.runs().retry(order.id(), "ada").origin().resumes()).isEmpty();
        FlowRun resumed = state.runs().resume(order.id(), "ada");
        assertThat(resumed.origin().resumes()).contains(order.id());
        assertThat(resumed.plan()).isEqualTo(order.plan());
        assertThat(claimed("a", 5)).hasSize(2);
        state.runs().finish(resumed.id(), "a", State.COMPLETED, Optional.empty());
        assertThatThrownBy(() -> state.runs().resume(resumed.id(), "ada")).hasMessageContaining("nothing to resume");
    }

    @Test
    void a_run_that_is_held_back_is_not_claimed_until_it_is_let_go() {
        deployed(settings());
        FlowRun order = ordered();
        state.runs().pause(order.id(), true);
        assertThat(claimed("a", 1)).isEmpty();
        state.runs().pause(order.id(), false);
        assertThat(claimed("a", 1)).hasSize(1);
        assertThatThrownBy(() -> state.runs().pause(order.id(), true)).hasMessageContaining("Pending");
    }

    @Test
    void agents_and_queues_tell_how_busy_they_are_and_whether_they_live() {
        deployed(settings());
        ordered();
        ordered();
        beat("a");
        claimed("a", 1);

        assertThat(state.agents().list()).singleElement().satisfies(agent -> {
            assertThat(agent.running()).isEqualTo(1);
            assertThat(agent.alive()).isTrue();
            assertThat(agent.jdks()).containsExactly(17);
        });
        assertThat(state.queues().list()).singleElement().satisfies(queue -> {
            assertThat(queue.waiting()).isEqualTo(1);
            assertThat(queue.active()).isEqualTo(1);
            assertThat(queue.lastPolled()).contains(START);
        });
        clock.forward(Duration.ofSeconds(13));
        assertThat(state.agents().list().get(0).alive()).isFalse();
    }
}
