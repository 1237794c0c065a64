package io.dagshell.store.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import io.dagshell.store.RunStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Runs that wait for what a person answers, on every database. */
abstract class ApprovalContract extends OrchestrationFixture {
    private static final CallPath PLACE = new CallPath("etl/1.approve/1");

    /** One that has asked whether to load, and has ended its process. */
    private RunId paused(DeploymentSettings settings) {
        RunId run = begun(settings);
        asks(run, "load?", Optional.empty());
        state.runs().finish(run, "a", State.PAUSED, Optional.empty());
        return run;
    }

    private void asks(RunId run, String question, Optional<Duration> limit) {
        asks(run, PLACE, question, limit);
    }

    private void asks(RunId run, CallPath place, String question, Optional<Duration> limit) {
        try (RunStore store = RunStore.open(database)) {
            store.accept(new RunEvent.RunStarted(
                    run, clock.instant(), new TaskName("etl"), Kind.FLOW, "ETL", "{}", "deployed", "etl.ipynb"));
            store.accept(new RunEvent.ApprovalAsked(
                    run, clock.instant(), 0, place, question, "[]", limit.map(clock.instant()::plus)));
            store.flush();
        }
    }

    private AskedApproval question(RunId run) {
        return state.approvals().question(run, Optional.empty());
    }

    @Test
    void a_run_that_asks_waits_for_its_answer_and_for_nothing_else() {
        RunId run = begun(settings().withConcurrency(1));
        asks(run, "load?", Optional.empty());
        state.runs().finish(run, "a", State.PAUSED, Optional.of("waits for approval: load?"));
        assertThat(run(run).status().state()).isEqualTo(State.PAUSED);
        assertThat(state.approvals().waiting()).hasSize(1);
        RunId other = ordered().id();
        assertThat(begun().id()).isEqualTo(other);
        state.runs().finish(other, "a", State.COMPLETED, Optional.empty());
        clock.forward(Duration.ofDays(3));
        state.expire(clock.instant());
        assertThat(claimed("a", 1)).isEmpty();
        assertThatThrownBy(() -> state.runs().pause(run, false)).hasMessageContaining("waits for an approval");

        state.approvals().approve(question(run), "{}", "ada");

        assertThat(run(run).status().reason()).contains("'load?' was approved by ada");
        assertThat(begun().id()).isEqualTo(run);
        assertThat(state.approvals().answers(run(run)))
                .singleElement()
                .satisfies(answer -> assertThat(answer.by()).contains("ada"));
    }

    @Test
    void the_second_answer_is_refused_and_told_whose_the_first_was() {
        RunId run = paused(settings());
        AskedApproval question = question(run);
        state.approvals().reject(question, "frozen", "ada");
        assertThatThrownBy(() -> state.approvals().approve(question, "{}", "bob"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("is answered already: Rejected by ada");
        assertThatThrownBy(() -> question(run)).hasMessageContaining("Rejected by ada");
    }

    @Test
    void of_two_servers_that_answer_at_once_one_does() throws Exception {
        RunId run = paused(settings());
        AskedApproval question = question(run);
        ExecutorService people = Executors.newFixedThreadPool(4);
        List<Callable<Boolean>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String who = "person " + i;
            answers.add(() -> {
                try {
                    state.approvals().approve(question, "{}", who);
                    return true;
                } catch (RefusedException late) {
                    return false;
                }
            });
        }
        int taken = 0;
        for (Future<Boolean> answer : people.invokeAll(answers)) {
            taken += answer.get() ? 1 : 0;
        }
        people.shutdown();
        assertThat(taken).isEqualTo(1);
        assertThat(claimed("a", 5)).hasSize(1);
    }

    @Test
    void an_answer_that_comes_before_the_process_has_ended_is_taken_when_it_has() {
        RunId run = begun(settings());
        asks(run, "load?", Optional.empty());
        state.approvals().approve(question(run), "{}", "ada");
        assertThat(run(run).status().state()).isEqualTo(State.RUNNING);
        state.runs().finish(run, "a", State.PAUSED, Optional.empty());
        assertThat(begun().id()).isEqualTo(run);
    }

    @Test
    void several_questions_are_all_answered_first_and_one_rejection_is_enough() {
        RunId run = begun(settings());
        CallPath second = new CallPath("etl/1.approve/2");
        asks(run, "january?", Optional.empty());
        asks(run, second, "february?", Optional.empty());
        asks(run, new CallPath("etl/1.approve/3"), "march?", Optional.empty());
        state.runs().finish(run, "a", State.PAUSED, Optional.empty());
        assertThatThrownBy(() -> question(run)).hasMessageContaining("say which by its place: etl/1.approve/1");
        state.approvals().approve(state.approvals().question(run, Optional.of(PLACE)), "{}", "ada");
        assertThat(run(run).status().state()).isEqualTo(State.PAUSED);
        state.approvals().reject(state.approvals().question(run, Optional.of(second)), "no", "ada");
        assertThat(run(run).status().state()).isEqualTo(State.SCHEDULED);
    }

    @Test
    void a_question_nobody_answers_in_time_counts_as_rejected() {
        RunId run = begun(settings());
        asks(run, "load?", Optional.of(Duration.ofHours(1)));
        state.runs().finish(run, "a", State.PAUSED, Optional.empty());
        clock.forward(Duration.ofMinutes(59));
        state.expire(clock.instant());
        assertThat(run(run).status().state()).isEqualTo(State.PAUSED);
        clock.forward(Duration.ofMinutes(1));
        state.expire(clock.instant());
        assertThat(run(run).status().state()).isEqualTo(State.SCHEDULED);
        assertThat(state.approvals().of(run).get(0).state()).isEqualTo(AskedApproval.State.EXPIRED);
    }

    @Test
    void what_was_approved_is_not_asked_again_when_the_run_is_resumed_and_what_was_rejected_is() {
        RunId run = begun(settings());
        asks(run, "load?", Optional.empty());
        asks(run, new CallPath("etl/1.approve/2"), "again?", Optional.empty());
        state.runs().finish(run, "a", State.PAUSED, Optional.empty());
        state.approvals().approve(state.approvals().question(run, Optional.of(PLACE)), "{}", "ada");
        state.approvals().reject(question(run), "no", "ada");
        begun();
        state.runs().finish(run, "a", State.FAILED, Optional.empty());
        FlowRun again = state.runs().resume(run, "ada");
        assertThat(state.approvals().answers(again))
                .extracting(AskedApproval::question)
                .containsExactly("load?");
        assertThat(state.approvals().answers(state.runs().retry(run, "ada"))).isEmpty();
    }

    @Test
    void somebody_is_told_once_of_each_question() {
        deployed(settings());
        state.alertRules()
                .set(new AlertRule(
                        "questions",
                        Set.of(AlertKind.APPROVAL),
                        Optional.of(ETL),
                        Optional.empty(),
                        Duration.ZERO,
                        "mail",
                        List.of(),
                        true));
        RunId run = ordered().id();
        begun();
        asks(run, "load?", Optional.empty());
        assertThat(look()).isEqualTo(1);
        assertThat(look()).isZero();
        asks(run, new CallPath("etl/1.approve/2"), "again?", Optional.empty());
        assertThat(look()).isEqualTo(1);
        assertThat(state.alertMessages().claim(clock.instant(), 5, LEASE))
                .allSatisfy(message -> assertThat(message.run()).contains(run));
    }

    private int look() {
        return state.alertMessages().look(clock.instant(), clock.instant().minus(Duration.ofDays(1)));
    }

    @Test
    void a_run_that_is_over_takes_no_answer_and_waits_for_none() {
        RunId run = paused(settings());
        AskedApproval question = question(run);
        assertThat(state.runs().requestCancel(run, "enough").status().state()).isEqualTo(State.CANCELLED);
        assertThat(state.approvals().waiting()).isEmpty();
        assertThatThrownBy(() -> state.approvals().approve(question, "{}", "ada"))
                .hasMessageContaining("is Cancelled: there is nothing to answer any more");
        assertThatThrownBy(() -> question(ordered().id())).hasMessageContaining("asks nothing");
    }
}
