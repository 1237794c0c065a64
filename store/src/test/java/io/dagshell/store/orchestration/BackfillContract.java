package io.dagshell.store.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dagshell.engine.model.State;
import io.dagshell.engine.parameter.ParameterException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Backfills: each instant of a range once, no more at once than wanted, on every database. */
abstract class BackfillContract extends OrchestrationFixture {
    private static final Instant FROM = Instant.parse("2025-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2025-06-30T00:00:00Z");
    private static final ScheduleSpec MONTHLY = ScheduleSpec.of(new Timing.Cron("0 3 1 * *", ZoneOffset.UTC));

    private Schedule schedule;

    @BeforeEach
    void deploy() {
        deployed(settings().withRetries(1, Duration.ZERO), MONTHLY);
        schedule = state.schedules().of(ETL).get(0);
    }

    private BackfillSpec spec() {
        return BackfillSpec.of(schedule, FROM, TO);
    }

    private BackfillSpec atOnce(int limit) {
        return spec().withPace(BackfillSpec.Pace.defaults().withAtOnce(limit));
    }

    private Backfill begun(BackfillSpec spec) {
        return state.backfills().begin(spec, "ada", Optional.empty());
    }

    private TickReport tick() {
        return state.tick(clock.forward(Duration.ofSeconds(1)));
    }

    private Backfill now(Backfill backfill) {
        return state.backfills().show(backfill.id());
    }

    private void ended(State how) {
        tick();
        for (FlowRun run : claimed("a", 50)) {
            state.runs().finish(run.id(), "a", how, Optional.empty());
        }
        clock.forward(Duration.ofSeconds(1));
    }

    private static Instant month(int month) {
        return Instant.parse("2025-%02d-01T03:00:00Z".formatted(month));
    }

    private List<Instant> dues() {
        return all().stream().map(run -> run.plan().due()).toList();
    }

    private static void refused(ThrowingCallable what, String... said) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(what)
                .satisfies(refused -> assertThat(refused.getMessage()).contains(said));
    }

    @Test
    void each_instant_of_the_range_becomes_a_run_of_its_own_period_one_after_the_other() {
        assertThat(state.backfills().plan(spec()).toRun()).hasSize(6).startsWith(month(1));
        assertThat(all()).isEmpty();
        Backfill backfill = begun(spec());

        assertThat(tick().planned()).isEqualTo(1);
        assertThat(tick().planned()).isZero();
        FlowRun first = all().get(0);
        assertThat(first.plan().due()).isEqualTo(month(1));
        assertThat(first.plan().parametersJson()).isEqualTo("{\"color\":\"yellow\",\"month\":\"1\"}");
        assertThat(first.origin().backfill()).contains(backfill.id());
        assertThat(first.origin().schedule()).isEmpty();
        for (int i = 0; i < 6; i++) {
            assertThat(now(backfill).state()).isEqualTo(Backfill.State.RUNNING);
            ended(State.COMPLETED);
        }
        tick();

        assertThat(dues()).containsExactly(month(1), month(2), month(3), month(4), month(5), month(6));
        assertThat(now(backfill).state()).isEqualTo(Backfill.State.FINISHED);
        assertThat(now(backfill).counts()).isEqualTo(new Backfill.Counts(0, 0, 6, 0, 0, 0, 0));
        assertThat(tick()).isEqualTo(new TickReport(0, 0, false));
    }

    @Test
    void as_many_as_wanted_go_on_at_once_from_the_newest_if_wanted_and_another_number_counts_at_once() {
        Backfill backfill =
                begun(spec().withPace(BackfillSpec.Pace.defaults().withAtOnce(2).withNewestFirst(true)));
        tick();
        assertThat(dues()).containsExactly(month(5), month(6));
        assertThat(now(backfill).counts()).isEqualTo(new Backfill.Counts(4, 2, 0, 0, 0, 0, 0));

        state.backfills().change(backfill.id(), Optional.empty(), OptionalInt.of(4));
        tick();
        assertThat(dues()).containsExactly(month(3), month(4), month(5), month(6));
        refused(
                () -> state.backfills().change(backfill.id(), Optional.empty(), OptionalInt.of(0)),
                "1 to 1000 instants at once");
    }

    @Test
    void a_run_of_the_schedule_is_neither_held_up_nor_counted_and_goes_first() {
        deployed(settings(), every(10));
        schedule = state.schedules().of(ETL).get(0);
        begun(BackfillSpec.of(schedule, START.minusSeconds(60), START.minusSeconds(10)));
        tick();
        state.tick(clock.forward(Duration.ofSeconds(10)));

        List<FlowRun> taken = claimed("a", 1);
        assertThat(taken)
                .singleElement()
                .satisfies(run -> assertThat(run.origin().schedule()).contains(schedule.id()));
        assertThat(claimed("a", 5))
                .singleElement()
                .satisfies(run -> assertThat(run.origin().backfill()).isPresent());
        assertThat(state.schedules().skipped(schedule.id(), 5)).isEmpty();
    }

    @Test
    void what_ran_already_is_left_out_unless_it_is_asked_for() {
        Backfill first = begun(BackfillSpec.of(schedule, FROM, month(3))
                .withPace(BackfillSpec.Pace.defaults().withAtOnce(3)));
        tick();
        List<FlowRun> taken = claimed("a", 3);
        state.runs().finish(taken.get(0).id(), "a", State.COMPLETED, Optional.empty());
        state.runs().finish(taken.get(1).id(), "a", State.FAILED, Optional.of("no such month"));

        assertThat(state.backfills().plan(spec()).leftOut())
                .containsOnly(
                        java.util.Map.entry("it ran already", 1),
                        java.util.Map.entry("its run failed", 1),
                        java.util.Map.entry("a run of it is under way", 1));
        assertThat(state.backfills().plan(spec()).toRun()).containsExactly(month(4), month(5), month(6));
        assertThat(state.backfills().plan(spec().withRerun(Rerun.FAILED)).toRun())
                .containsExactly(month(2), month(4), month(5), month(6));
        assertThat(state.backfills().plan(spec().withRerun(Rerun.ALL)).toRun())
                .containsExactly(month(1), month(2), month(4), month(5), month(6));
        state.runs().finish(taken.get(2).id(), "a", State.COMPLETED, Optional.empty());
        tick();
        refused(
                () -> begun(first.spec()),
                "Of the 3 instants",
                "none is left to run",
                "2 because it ran already",
                "1 because its run failed",
                "rerun failed");
    }

    @Test
    void an_instant_that_another_backfill_waits_to_run_is_left_to_it() {
        Backfill first = begun(spec());
        refused(() -> begun(spec().withRerun(Rerun.ALL)), "6 because another backfill will run it");
        state.backfills().cancel(first.id(), "by ada", false);
        assertThat(state.backfills().plan(spec()).toRun()).hasSize(6);
    }

    @Test
    void two_schedules_at_the_same_instants_are_run_each() {
        deployed(settings(), MONTHLY, MONTHLY.withParameters("{\"color\":\"green\"}"));
        List<Schedule> both = state.schedules().of(ETL);
        schedule = both.get(0);
        begun(atOnce(6));
        ended(State.COMPLETED);

        BackfillSpec other = BackfillSpec.of(both.get(1), FROM, TO);
        assertThat(state.backfills().plan(other).toRun()).hasSize(6);
        assertThat(state.backfills().plan(spec()).toRun()).isEmpty();
    }

    @Test
    void a_range_that_is_empty_absurd_or_in_the_future_is_refused_with_its_size() {
        ScheduleSpec secondly = ScheduleSpec.of(new Timing.Interval(Duration.ofSeconds(1), FROM));
        refused(() -> begun(BackfillSpec.of(schedule, TO, FROM)), "ends before it begins");
        refused(() -> begun(BackfillSpec.of(schedule, FROM, START.plusSeconds(60))), "ends in the future");
        refused(
                () -> begun(BackfillSpec.of(schedule, month(1).plusSeconds(1), month(1).plusSeconds(9))),
                "Nothing is due",
                "the next is 2025-02-01T03:00:00Z");
        refused(() -> begun(spec().withPattern(secondly)), "about 15,552,000 instants are due", "at most 10,000");
        assertThat(state.backfills().of(ETL, 5)).isEmpty();
    }

    @Test
    void parameters_that_cannot_be_made_are_refused_when_it_begins() {
        assertThatExceptionOfType(ParameterException.class)
                .isThrownBy(() -> begun(spec().withPattern(MONTHLY.withParameters("{\"x\":\"${scheduled.moon}\"}"))))
                .withMessageContaining("scheduled.moon");
    }

    @Test
    void a_cancelled_backfill_makes_no_more_runs_and_ends_those_there_are() {
        Backfill backfill = begun(atOnce(2));
        tick();
        FlowRun going = claimed("a", 1).get(0);
        state.backfills().cancel(backfill.id(), "cancelled by ada", false);

        assertThat(run(going.id()).status().state()).isEqualTo(State.CANCELLING);
        assertThat(now(backfill).counts()).isEqualTo(new Backfill.Counts(0, 1, 0, 0, 5, 0, 0));
        state.runs().finish(going.id(), "a", State.CANCELLED, Optional.empty());
        tick();
        assertThat(all()).hasSize(2);
        assertThat(now(backfill).state()).isEqualTo(Backfill.State.CANCELLED);
        refused(() -> state.backfills().change(backfill.id(), Optional.of(false), OptionalInt.empty()), "is cancelled");

        // A run of it that a person wants again is not held back by it.
        FlowRun again = state.runs().retry(going.id(), "ada");
        assertThat(claimed("a", 1)).extracting(FlowRun::id).containsExactly(again.id());
    }

    @Test
    void runs_that_go_on_may_end_by_themselves() {
        Backfill backfill = begun(atOnce(2));
        tick();
        FlowRun going = claimed("a", 1).get(0);
        state.backfills().cancel(backfill.id(), "cancelled by ada", true);
        assertThat(run(going.id()).status().state()).isEqualTo(State.PENDING);
        assertThat(all().stream().filter(run -> run.status().state() == State.CANCELLED))
                .hasSize(1);
    }

    @Test
    void runs_that_fail_one_after_the_other_pause_it_until_it_is_resumed() {
        Backfill backfill = begun(spec().withPace(BackfillSpec.Pace.defaults().withStopAfter(2)));
        ended(State.FAILED);
        ended(State.COMPLETED);
        ended(State.FAILED);
        ended(State.FAILED);
        tick();
        assertThat(now(backfill).state()).isEqualTo(Backfill.State.PAUSED);
        assertThat(now(backfill).reason()).contains("its last 2 runs failed");
        assertThat(all()).hasSize(4);

        state.backfills().change(backfill.id(), Optional.of(false), OptionalInt.empty());
        ended(State.FAILED);
        ended(State.COMPLETED);
        tick();
        assertThat(now(backfill).state()).isEqualTo(Backfill.State.FINISHED);
        assertThat(now(backfill).counts()).isEqualTo(new Backfill.Counts(0, 0, 2, 4, 0, 0, 0));
    }

    @Test
    void a_run_that_crashed_is_made_anew_as_part_of_it() {
        Backfill backfill = begun(atOnce(1));
        tick();
        FlowRun crashed = claimed("a", 1).get(0);
        state.runs().finish(crashed.id(), "a", State.CRASHED, Optional.of("gone"));
        tick();
        assertThat(all()).hasSize(2).allSatisfy(run -> {
            assertThat(run.plan().due()).isEqualTo(month(1));
            assertThat(run.origin().backfill()).contains(backfill.id());
        });
        assertThat(now(backfill).counts()).isEqualTo(new Backfill.Counts(5, 1, 0, 0, 0, 0, 0));
        assertThat(state.backfills().instants(backfill.id(), 0, 1))
                .singleElement()
                .satisfies(instant -> assertThat(instant.run()).isNotEqualTo(Optional.of(crashed.id())));
    }

    @Test
    void its_runs_are_late_only_when_nobody_takes_them_from_now_on() {
        beat("a");
        Backfill backfill = begun(atOnce(1));
        tick();
        assertThat(state.expire(clock.forward(Duration.ofSeconds(5))).late()).isZero();
        assertThat(state.expire(clock.forward(Duration.ofSeconds(20))).late()).isEqualTo(1);
        assertThat(now(backfill).counts().active()).isEqualTo(1);
    }

    @Test
    void a_second_order_of_the_same_key_is_the_first() {
        Backfill first = state.backfills().begin(spec(), "ada", Optional.of("once"));
        assertThat(state.backfills().begin(spec(), "ada", Optional.of("once")).id())
                .isEqualTo(first.id());
        assertThat(state.backfills().of(ETL, 5)).hasSize(1);
        assertThat(state.backfills().going()).hasSize(1);
    }

    @Test
    void a_deployment_that_is_deleted_ends_its_backfills() {
        Backfill backfill = begun(atOnce(2));
        tick();
        state.deployments().remove(ETL);
        assertThat(now(backfill).state()).isEqualTo(Backfill.State.CANCELLED);
        assertThat(now(backfill).reason()).contains("Its deployment was deleted.");
        assertThat(tick().planned()).isZero();
    }

    @Test
    void old_ones_are_deleted_with_their_runs() {
        Backfill backfill = begun(atOnce(6));
        ended(State.COMPLETED);
        tick();
        state.deleteEndedBefore(clock.forward(Duration.ofDays(2)));
        refused(() -> now(backfill), "There is no backfill");
        assertThat(state.backfills().instants(backfill.id(), 0, 5)).isEmpty();
    }

    @Test
    void two_servers_that_tick_at_once_make_each_run_once_and_no_more_at_once_than_wanted() throws Exception {
        ScheduleSpec daily = ScheduleSpec.of(new Timing.Interval(Duration.ofDays(1), FROM));
        Backfill backfill = begun(spec().withPattern(daily)
                .withPace(BackfillSpec.Pace.defaults().withAtOnce(5).withStopAfter(0)));
        ExecutorService servers = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                all.add(servers.submit(() -> {
                    while (!now(backfill).state().isOver()) {
                        state.tick(clock.instant());
                        assertThat(now(backfill).counts().active()).isLessThanOrEqualTo(5);
                    }
                }));
            }
            all.add(servers.submit(() -> {
                while (!now(backfill).state().isOver()) {
                    for (FlowRun run : claimed("a", 3)) {
                        state.runs().finish(run.id(), "a", State.COMPLETED, Optional.empty());
                    }
                }
            }));
            for (Future<?> each : all) {
                each.get(120, TimeUnit.SECONDS);
            }
        } finally {
            servers.shutdownNow();
        }
        assertThat(now(backfill).counts().completed()).isEqualTo(180 + 1);
        assertThat(dues()).hasSize(181).doesNotHaveDuplicates();
    }
}
