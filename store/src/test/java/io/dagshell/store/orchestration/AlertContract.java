package io.dagshell.store.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.model.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Rules make messages: each once, from when the rule is there, and not too many, on every database. */
abstract class AlertContract extends OrchestrationFixture {
    private static final Duration DAY = Duration.ofDays(1);

    private static AlertRule rule(AlertKind... kinds) {
        return new AlertRule(
                "night watch",
                Set.of(kinds),
                Optional.empty(),
                Optional.of(Duration.ofMinutes(10)),
                Duration.ZERO,
                "mail",
                List.of("ops@example.org"),
                true);
    }

    private static AlertRule quiet(AlertRule rule, Duration quiet) {
        return new AlertRule(
                rule.name(), rule.kinds(), rule.deployment(), rule.after(), quiet, rule.block(), List.of(), true);
    }

    private int look() {
        return state.alertMessages().look(clock.instant(), clock.instant().minus(DAY));
    }

    /** A run that begins and ends so. */
    private FlowRun ended(State how) {
        ordered();
        FlowRun run = claimed("a", 1).get(0);
        state.runs().begin(run.id(), "a");
        state.runs().finish(run.id(), "a", how, Optional.of("row 7 has no fare"));
        return run(run.id());
    }

    private List<AlertMessage> claimedMessages() {
        return state.alertMessages().claim(clock.instant(), 10, Duration.ofMinutes(2));
    }

    @Test
    void a_rule_is_kept_as_it_is_set_and_changed_by_its_name() {
        AlertRule rule = new AlertRule(
                "late & \"slow\"",
                EnumSet.of(AlertKind.SLOW, AlertKind.LATE),
                Optional.of(ETL),
                Optional.of(Duration.ofMinutes(90)),
                Duration.ofHours(1),
                "chat",
                List.of("a@example.org", "b@example.org"),
                true);
        state.alertRules().set(rule);
        state.alertRules().set(rule(AlertKind.FAILED));
        assertThat(state.alertRules().list()).containsExactly(rule, rule(AlertKind.FAILED));
        state.alertRules().set(rule.withActive(false));
        assertThat(state.alertRules().find(rule.name())).contains(rule.withActive(false));
        assertThat(state.alertRules().remove(rule.name())).isTrue();
        assertThat(state.alertRules().remove(rule.name())).isFalse();
        assertThat(state.alertRules().list()).containsExactly(rule(AlertKind.FAILED));
    }

    @Test
    void what_makes_no_sense_is_refused_in_words() {
        assertThatThrownBy(() -> rule()).hasMessageContaining("tells of nothing: name one or more of failed, crashed");
        assertThatThrownBy(() -> new AlertRule(
                        "a", Set.of(AlertKind.SLOW), Optional.empty(), Optional.empty(), DAY, "b", List.of(), true))
                .hasMessageContaining("needs 'after'");
        assertThatThrownBy(() -> quiet(rule(AlertKind.FAILED), Duration.ofDays(400)))
                .hasMessageContaining("'quiet' of an alert is zero to 366 days");
        assertThatThrownBy(() -> AlertKind.of("sad")).hasMessageContaining("'sad' is nothing to be told of; there are");
    }

    @Test
    void a_run_that_fails_is_told_once_and_one_that_ended_before_the_rule_is_not() {
        deployed(settings());
        ended(State.FAILED);
        clock.forward(Duration.ofSeconds(1));
        state.alertRules().set(rule(AlertKind.FAILED, AlertKind.CRASHED));
        assertThat(look()).isZero();

        clock.forward(Duration.ofSeconds(1));
        FlowRun failed = ended(State.FAILED);
        ended(State.COMPLETED);
        assertThat(look()).isEqualTo(1);
        assertThat(look()).isZero();

        assertThat(claimedMessages()).singleElement().satisfies(message -> {
            assertThat(message.rule()).isEqualTo("night watch");
            assertThat(message.kind()).isEqualTo(AlertKind.FAILED);
            assertThat(message.deployment()).isEqualTo(ETL);
            assertThat(message.run()).contains(failed.id());
            assertThat(message.attempts()).isEqualTo(1);
        });
    }

    @Test
    void a_message_is_sent_by_one_server_and_again_if_that_one_is_gone() {
        deployed(settings());
        state.alertRules().set(rule(AlertKind.FAILED));
        ended(State.FAILED);
        look();
        AlertMessage message = claimedMessages().get(0);
        assertThat(claimedMessages()).isEmpty();
        clock.forward(Duration.ofMinutes(3));
        assertThat(claimedMessages()).extracting(AlertMessage::attempts).containsExactly(2);

        Instant later = clock.instant().plusSeconds(600);
        state.alertMessages().notSent(message.id(), "refused", Optional.of(later));
        assertThat(claimedMessages()).isEmpty();
        clock.forward(Duration.ofSeconds(600));
        assertThat(claimedMessages()).extracting(AlertMessage::problem).containsExactly(Optional.of("refused"));
        state.alertMessages().sent(message.id(), clock.instant());
        clock.forward(DAY);
        assertThat(claimedMessages()).isEmpty();
        assertThat(state.alertMessages().latest(5)).singleElement().satisfies(sent -> {
            assertThat(sent.state()).isEqualTo(AlertMessage.State.SENT);
            assertThat(sent.problem()).isEmpty();
        });
        state.alertMessages().notSent(message.id(), "gone", Optional.empty());
        assertThat(state.alertMessages().latest(5).get(0).state()).isEqualTo(AlertMessage.State.FAILED);
    }

    @Test
    void within_the_quiet_time_more_of_a_kind_is_counted_and_told_with_the_next() {
        deployed(settings());
        state.alertRules().set(quiet(rule(AlertKind.FAILED), Duration.ofMinutes(30)));
        for (int i = 0; i < 4; i++) {
            ended(State.FAILED);
            look();
            clock.forward(Duration.ofMinutes(5));
        }
        assertThat(claimedMessages()).hasSize(1);
        assertThat(state.alertMessages().latest(9))
                .extracting(AlertMessage::state)
                .containsExactly(
                        AlertMessage.State.HELD,
                        AlertMessage.State.HELD,
                        AlertMessage.State.HELD,
                        AlertMessage.State.WAITING);

        clock.forward(Duration.ofMinutes(30));
        ended(State.FAILED);
        look();
        assertThat(state.alertMessages().latest(1).get(0).held()).isEqualTo(3);
    }

    @Test
    void a_crash_that_is_retried_is_no_last_word() {
        deployed(settings().withRetries(1, Duration.ZERO));
        state.alertRules().set(rule(AlertKind.CRASHED));
        ordered();
        for (int attempt = 1; attempt <= 2; attempt++) {
            beat("a");
            state.runs().begin(claimed("a", 1).get(0).id(), "a");
            state.expire(clock.forward(Duration.ofMinutes(2)));
            assertThat(look()).isEqualTo(attempt - 1);
        }
        assertThat(claimedMessages()).extracting(AlertMessage::kind).containsExactly(AlertKind.CRASHED);
    }

    @Test
    void a_run_that_waits_or_takes_too_long_is_told_once() {
        deployed(settings());
        state.alertRules().set(rule(AlertKind.LATE, AlertKind.SLOW));
        ordered();
        state.expire(clock.forward(Duration.ofMinutes(2)));
        assertThat(look()).isEqualTo(1);
        FlowRun run = claimed("a", 1).get(0);
        state.runs().begin(run.id(), "a");
        clock.forward(Duration.ofMinutes(9));
        assertThat(look()).isZero();
        clock.forward(Duration.ofMinutes(1));
        assertThat(look()).isEqualTo(1);
        assertThat(look()).isZero();
        assertThat(claimedMessages()).extracting(AlertMessage::kind).containsExactly(AlertKind.LATE, AlertKind.SLOW);
    }

    @Test
    void a_deployment_without_a_good_run_is_told_once_a_silence() {
        deployed(settings(), every(60));
        state.alertRules().set(rule(AlertKind.SILENT));
        clock.forward(Duration.ofMinutes(9));
        ended(State.FAILED);
        assertThat(look()).isZero();
        clock.forward(Duration.ofMinutes(1));
        assertThat(look()).isEqualTo(1);
        clock.forward(Duration.ofHours(2));
        assertThat(look()).isZero();

        ended(State.COMPLETED);
        clock.forward(Duration.ofMinutes(9));
        assertThat(look()).isZero();
        clock.forward(Duration.ofMinutes(1));
        assertThat(look()).isEqualTo(1);
        assertThat(claimedMessages()).hasSize(2).allSatisfy(message -> {
            assertThat(message.deployment()).isEqualTo(ETL);
            assertThat(message.run()).isEmpty();
        });
        ended(State.COMPLETED);
        state.deployments().pause(ETL, true);
        clock.forward(DAY);
        assertThat(look()).isZero();
        state.deployments().pause(ETL, false);
        assertThat(look()).isEqualTo(1);
    }

    @Test
    void a_rule_of_one_deployment_tells_of_that_one_only() {
        deployed(settings());
        AlertRule all = rule(AlertKind.FAILED, AlertKind.SILENT);
        state.alertRules()
                .set(new AlertRule(
                        all.name(),
                        all.kinds(),
                        Optional.of(new DeploymentName("another")),
                        all.after(),
                        all.quiet(),
                        all.block(),
                        all.recipients(),
                        true));
        ended(State.FAILED);
        clock.forward(DAY);
        assertThat(look()).isZero();
    }

    @Test
    void a_rule_that_is_switched_on_again_tells_nothing_of_the_time_between() {
        deployed(settings());
        state.alertRules().set(rule(AlertKind.FAILED));
        state.alertRules().set(rule(AlertKind.FAILED).withActive(false));
        ended(State.FAILED);
        assertThat(look()).isZero();
        clock.forward(Duration.ofSeconds(1));
        state.alertRules().set(rule(AlertKind.FAILED));
        assertThat(look()).isZero();
        ended(State.FAILED);
        assertThat(look()).isEqualTo(1);
        state.alertRules().remove("night watch");
        assertThat(claimedMessages()).isEmpty();
    }

    @Test
    void servers_that_look_at_once_make_each_message_once() throws Exception {
        deployed(settings());
        state.alertRules().set(quiet(rule(AlertKind.FAILED), Duration.ofHours(1)));
        for (int i = 0; i < 8; i++) {
            ended(State.FAILED);
        }
        ExecutorService servers = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Integer>> looks = new ArrayList<>(Collections.nCopies(4, this::look));
            int made = 0;
            for (var each : servers.invokeAll(looks)) {
                made += each.get();
            }
            assertThat(made).isEqualTo(1);
        } finally {
            servers.shutdown();
        }
        assertThat(state.alertMessages().latest(100)).hasSize(8);
    }
}
