package io.dagshell.server.alert;

import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.block.BlockType;
import io.dagshell.engine.model.RunId;
import io.dagshell.store.RunHistory;
import io.dagshell.store.TaskRunRecord;
import io.dagshell.store.orchestration.AlertKind;
import io.dagshell.store.orchestration.AlertMessage;
import io.dagshell.store.orchestration.AlertRule;
import io.dagshell.store.orchestration.Deployment;
import io.dagshell.store.orchestration.FlowRun;
import io.dagshell.store.orchestration.Orchestration;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * Finds what rules have to tell and sends it. A message that is not taken is sent again after longer and longer pauses,
 * for about a day. Thread-safe.
 */
public final class Alerting {
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofHours(16));
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final int AT_ONCE = 5;

    private final Orchestration state;
    private final RunHistory history;
    private final BlockSource blocks;
    private final Supplier<URI> base;
    private final Map<String, AlertChannel> channels = new HashMap<>();

    /**
     * Makes one.
     *
     * @param base where people reach the dashboard, for links
     */
    public Alerting(Orchestration state, RunHistory history, BlockSource blocks, Supplier<URI> base) {
        this.state = state;
        this.history = history;
        this.blocks = blocks;
        this.base = base;
        ServiceLoader.load(BlockType.class, Alerting.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .forEach(type -> {
                    if (type instanceof AlertChannel channel) {
                        channels.put(channel.name(), channel);
                    }
                });
    }

    /** Names of blocks that alerts can be sent through. */
    public List<String> blockNames() {
        return blocks.names().stream()
                .filter(name -> blocks.find(name)
                        .filter(found -> channels.containsKey(found.type()))
                        .isPresent())
                .map(BlockName::value)
                .toList();
    }

    /** What keeps a rule from being sent, in sentences; empty is good. */
    public List<String> problems(AlertRule rule) {
        Optional<BlockSettings> settings = settings(rule.block());
        if (settings.isEmpty()) {
            return List.of("There is no block '" + rule.block() + "'. Set it with: dagshell block set " + rule.block()
                    + " --type smtp …, or --type webhook …");
        }
        AlertChannel channel = channels.get(settings.get().type());
        if (channel == null) {
            return List.of("The block '" + rule.block() + "' is of type "
                    + settings.get().type() + ", through which no alert can be sent; of type smtp and webhook it can.");
        }
        List<String> wrong = new ArrayList<>(channel.checkRecipients(rule.recipients()));
        rule.deployment()
                .filter(name -> state.deployments().list().stream()
                        .noneMatch(each -> each.name().equals(name)))
                .ifPresent(name -> wrong.add("There is no deployment '" + name + "'."));
        return wrong;
    }

    private Optional<BlockSettings> settings(String block) {
        try {
            return blocks.find(new BlockName(block));
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
    }

    /** Sends a message that says it is a test, through the rule's block to its recipients, at once. */
    public BlockType.TestResult test(AlertRule rule, Instant now) {
        try {
            String said = "This is a test. Nothing happened.";
            AlertKind kind = rule.kinds().iterator().next();
            String deployment = rule.deployment().map(Object::toString).orElse("A deployment");
            send(rule, new Alert(rule.name(), kind, deployment, Optional.empty(), now, base.get(), "", said, 0));
            return new BlockType.TestResult(true, "A test message was sent.");
        } catch (AlertException refused) {
            return new BlockType.TestResult(false, String.valueOf(refused.getMessage()));
        }
    }

    private void send(AlertRule rule, Alert alert) throws AlertException {
        List<String> wrong = problems(rule);
        if (!wrong.isEmpty()) {
            throw new AlertException(String.join(" ", wrong));
        }
        BlockSettings settings = settings(rule.block()).orElseThrow();
        AlertChannel channel = Objects.requireNonNull(channels.get(settings.type()));
        channel.send(settings, rule.recipients(), alert);
    }

    /**
     * Makes messages of what happened.
     *
     * @param from runs that ended before are not looked at
     */
    public void look(Instant now, Instant from) {
        state.alertMessages().look(now, from);
    }

    /** Sends what is to be sent now. */
    public void deliver(Instant now) {
        List<AlertMessage> due = state.alertMessages().claim(now, AT_ONCE, LEASE);
        for (AlertMessage message : due) {
            Optional<AlertRule> rule = state.alertRules().find(message.rule());
            if (rule.isEmpty()) {
                state.alertMessages().notSent(message.id(), "the alert was removed", Optional.empty());
                continue;
            }
            try {
                send(rule.get(), alert(message));
                state.alertMessages().sent(message.id(), now);
            } catch (AlertException refused) {
                boolean more = message.attempts() <= PAUSES.size();
                state.alertMessages()
                        .notSent(
                                message.id(),
                                String.valueOf(refused.getMessage()),
                                more ? Optional.of(now.plus(PAUSES.get(message.attempts() - 1))) : Optional.empty());
            }
        }
    }

    private Alert alert(AlertMessage message) {
        Instant since = message.run().map(this::attemptBegan).orElse(Instant.EPOCH);
        Optional<TaskRunRecord.Failure> failure = message.run().flatMap(history::run).stream()
                .filter(run -> message.kind() != AlertKind.APPROVAL)
                .flatMap(detail -> detail.tasks().stream())
                .filter(call -> call.failure().isPresent())
                .filter(call -> !call.status().finishedAt().orElse(Instant.MAX).isBefore(since))
                .min(Comparator.comparing(call -> call.status().finishedAt().orElse(Instant.MAX)))
                .flatMap(TaskRunRecord::failure);
        String reason = message.run()
                .flatMap(run -> state.runs().find(run))
                .map(FlowRun::status)
                .flatMap(FlowRun.Status::reason)
                .or(() -> paused(message))
                .orElse("");
        return new Alert(
                message.rule(),
                message.kind(),
                message.deployment().value(),
                message.run(),
                message.createdAt(),
                link(message),
                failure.map(TaskRunRecord.Failure::location).orElse(""),
                failure.map(Alerting::said).orElse(reason),
                message.held());
    }

    /** What failed before the last attempt of the flow is not why the run failed. */
    private Instant attemptBegan(RunId run) {
        return history.attempts(run).stream()
                .filter(attempt -> attempt.ordinal() == 0)
                .flatMap(attempt -> attempt.startedAt().stream())
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    /** Why a deployment's schedules were paused, if they still are. */
    private Optional<String> paused(AlertMessage message) {
        return message.kind() == AlertKind.PAUSED
                ? state.deployments().find(message.deployment()).flatMap(Deployment::pausedReason)
                : Optional.empty();
    }

    private static String said(TaskRunRecord.Failure failure) {
        String type = failure.exception().substring(failure.exception().lastIndexOf('.') + 1);
        return failure.message().isEmpty() ? type : type + ": " + failure.message();
    }

    private URI link(AlertMessage message) {
        return base.get()
                .resolve(message.run()
                        .map(run -> "/runs/" + run)
                        .orElseGet(() -> "/deployment?name="
                                + URLEncoder.encode(message.deployment().value(), StandardCharsets.UTF_8)));
    }
}
