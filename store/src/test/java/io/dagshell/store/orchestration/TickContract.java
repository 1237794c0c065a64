package io.dagshell.store.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.model.State;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Ticks: due instants become runs by policy, once, and none goes unrecorded, on every database. */
abstract class TickContract extends OrchestrationFixture {

    private TickReport tick(int seconds) {
        return state.tick(clock.forward(Duration.ofSeconds(seconds)));
    }

    private ScheduleId schedule() {
        return state.schedules().of(ETL).get(0).id();
    }

    private long skipped() {
        return state.schedules().skipped(schedule(), 100).stream()
                .mapToLong(SkippedDues::count)
                .sum();
    }

    private List<Instant> dues() {
        return all().stream().map(run -> run.plan().due()).toList();
    }

    private static Instant after(int seconds) {
        return START.plusSeconds(seconds);
    }

    @Test
    void a_due_instant_becomes_a_run_with_its_period_in_the_parameters() {
        deployed(
                settings(),
                ScheduleSpec.of(new Timing.Cron("0 * * * *", ZoneOffset.UTC)).withParameters("{\"color\":\"green\"}"));
        assertThat(tick(3_599)).isEqualTo(new TickReport(0, 0, false));
        assertThat(tick(1)).isEqualTo(new TickReport(1, 0, false));
        assertThat(tick(0)).isEqualTo(new TickReport(0, 0, false));

        FlowRun run = all().get(0);
        assertThat(run.plan().due()).isEqualTo(after(3_600));
        assertThat(run.plan().parametersJson()).isEqualTo("{\"color\":\"green\",\"month\":\"3\"}");
        assertThat(run.origin().schedule()).contains(schedule());
        assertThat(state.schedules().upcoming(schedule(), 2)).containsExactly(after(7_200), after(10_800));
    }

    @Test
    void while_a_run_is_going_on_skip_records_and_makes_none() {
        deployed(settings(), every(10).withCatchUp(CatchUp.ALL));
        tick(10);
        claimed("a", 1);
        tick(10);
        tick(10);

        assertThat(dues()).containsExactly(after(10));
        assertThat(state.schedules().skipped(schedule(), 5)).singleElement().satisfies(day -> {
            assertThat(day.count()).isEqualTo(2);
            assertThat(day.firstDue()).isEqualTo(after(20));
            assertThat(day.lastDue()).isEqualTo(after(30));
            assertThat(day.reason()).contains("not over");
        });
    }

    @Test
    void while_a_run_is_going_on_queue_keeps_one_that_waits_for_its_end() {
        deployed(settings(), every(10).withOverlap(Overlap.QUEUE).withCatchUp(CatchUp.ALL));
        tick(10);
        FlowRun first = claimed("a", 5).get(0);
        tick(10);
        tick(10);

        assertThat(dues()).containsExactly(after(10), after(20));
        assertThat(skipped()).isEqualTo(1);
        assertThat(claimed("b", 5)).isEmpty();
        state.runs().finish(first.id(), "a", State.COMPLETED, Optional.empty());
        assertThat(claimed("b", 5)).hasSize(1);
    }

    @Test
    void while_a_run_is_going_on_cancel_ends_it_and_the_new_one_waits_for_that() {
        deployed(settings(), every(10).withOverlap(Overlap.CANCEL_RUNNING));
        tick(10);
        FlowRun first = claimed("a", 5).get(0);
        tick(10);

        assertThat(run(first.id()).status().state()).isEqualTo(State.CANCELLING);
        assertThat(claimed("b", 5)).isEmpty();
        state.runs().finish(first.id(), "a", State.CANCELLED, Optional.empty());
        assertThat(claimed("b", 5)).extracting(run -> run.plan().due()).containsExactly(after(20));
    }

    @Test
    void while_a_run_is_going_on_allow_makes_another() {
        deployed(settings(), every(10).withOverlap(Overlap.ALLOW));
        tick(10);
        claimed("a", 5);
        tick(10);
        assertThat(claimed("b", 5)).hasSize(1);
    }

    @Test
    void a_run_no_agent_took_becomes_the_next_one_unless_all_are_wanted() {
        deployed(settings(), every(10).withOverlap(Overlap.ALLOW));
        for (int i = 0; i < 9; i++) {
            tick(10);
        }
        assertThat(dues()).containsExactly(after(90));
        assertThat(skipped()).isEqualTo(8);

        state.schedules().edit(schedule(), every(10).withOverlap(Overlap.ALLOW).withCatchUp(CatchUp.ALL));
        tick(10);
        tick(10);
        assertThat(dues()).containsExactly(after(90), after(100), after(110));
    }

    @Test
    void what_was_missed_while_no_server_ran_is_caught_up_as_the_policy_says() {
        ScheduleSpec allow = every(10).withOverlap(Overlap.ALLOW);
        deployed(settings(), allow.withCatchUp(CatchUp.NONE));
        tick(95);
        assertThat(dues()).containsExactly(after(90));
        assertThat(skipped()).isEqualTo(8);

        state.schedules().edit(schedule(), allow.withCatchUp(CatchUp.ALL));
        tick(90);
        assertThat(dues()).hasSize(10).endsWith(after(170), after(180));
        assertThat(skipped()).isEqualTo(8);
    }

    @Test
    void of_hourly_runs_missed_the_latest_is_run_or_none() {
        deployed(
                settings(),
                every(3_600).withCatchUp(CatchUp.LATEST),
                every(3_601).withCatchUp(CatchUp.NONE));
        tick(4 * 3_600 + 60);

        assertThat(dues()).containsExactly(after(4 * 3_600));
        assertThat(state.schedules().of(ETL))
                .allSatisfy(each -> assertThat(each.nextDue().orElseThrow()).isAfter(clock.instant()));
    }

    @Test
    void a_paused_deployment_makes_no_runs_and_each_due_instant_is_recorded() {
        deployed(settings(), every(10));
        state.deployments().pause(ETL, true);
        tick(20);
        assertThat(all()).isEmpty();
        assertThat(skipped()).isEqualTo(2);
        state.deployments().pause(ETL, false);
        tick(10);
        assertThat(dues()).containsExactly(after(30));
    }

    @Test
    void a_schedule_that_is_switched_off_is_due_from_when_it_is_on_again() {
        deployed(settings(), every(10));
        state.schedules().activate(schedule(), false);
        assertThat(tick(100)).isEqualTo(new TickReport(0, 0, false));
        state.schedules().activate(schedule(), true);
        assertThat(tick(10).planned()).isEqualTo(1);
        assertThat(dues()).containsExactly(after(110));
    }

    @Test
    void a_due_instant_whose_parameters_cannot_be_made_is_skipped_with_the_reason() {
        deployed(settings(), every(10).withParameters("{\"x\":\"${scheduled.moon}\"}"));
        tick(10);
        assertThat(all()).isEmpty();
        assertThat(state.schedules().skipped(schedule(), 1).get(0).reason()).contains("scheduled.moon");
    }

    @Test
    void two_servers_that_tick_at_once_make_each_run_once() throws Exception {
        List<ScheduleSpec> specs = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            specs.add(every(10 + i).withOverlap(Overlap.ALLOW).withCatchUp(CatchUp.ALL));
        }
        state.deployments().apply(spec(ETL, "many").withSchedules(specs), false);
        Instant end = after(600);
        ExecutorService servers = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> both = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                both.add(servers.submit(() -> {
                    for (Instant now = START; !now.isAfter(end); now = now.plusSeconds(30)) {
                        state.tick(now);
                    }
                }));
            }
            for (Future<?> each : both) {
                each.get(120, TimeUnit.SECONDS);
            }
        } finally {
            servers.shutdownNow();
        }
        long expected = specs.stream()
                .mapToLong(
                        spec -> 600 / ((Timing.Interval) spec.timing()).every().toSeconds())
                .sum();
        assertThat(all()).hasSize((int) expected);
        assertThat(state.schedules().of(ETL))
                .allSatisfy(each ->
                        assertThat(state.schedules().skipped(each.id(), 9)).isEmpty());
    }

    @Test
    void a_thousand_schedules_are_ticked_at_once() {
        List<ScheduleSpec> specs = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            specs.add(ScheduleSpec.of(new Timing.Cron("0 * * * *", ZoneOffset.ofHours(i % 12))));
        }
        state.deployments().apply(spec(ETL, "many").withSchedules(specs), false);
        long begun = System.nanoTime();
        assertThat(tick(3_600).planned()).isEqualTo(1_000);
        System.out.println("1,000 due: " + (System.nanoTime() - begun) / 1_000_000 + " ms");
        begun = System.nanoTime();
        claimed("a", 100);
        tick(3_600);
        System.out.println("1,000 due again: " + (System.nanoTime() - begun) / 1_000_000 + " ms");
    }
}
