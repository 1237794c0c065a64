package io.dagshell.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.block.BlockType;
import io.dagshell.server.alert.Alerting;
import io.dagshell.store.orchestration.AlertKind;
import io.dagshell.store.orchestration.AlertMessage;
import io.dagshell.store.orchestration.AlertRule;
import io.dagshell.store.orchestration.AlertRules;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.Orchestration;
import io.dagshell.store.orchestration.RefusedException;
import io.javalin.http.Context;
import io.javalin.http.UnprocessableContentResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code /api/alerts}. */
final class AlertsApi {
    private static final int LATEST = 100;

    /** Of a word that is none, the rule itself says what there is. */
    private static final ApiType KINDS =
            new ApiType("what it tells of", Answers.ALERT_KIND.list("").schema(), ApiType.TEXTS::fits);

    private final AlertRules rules;
    private final Orchestration state;
    private final Alerting alerting;
    private final Clock clock;

    AlertsApi(Orchestration state, Alerting alerting, Clock clock) {
        this.rules = state.alertRules();
        this.state = state;
        this.alerting = alerting;
        this.clock = clock;
    }

    void add(Endpoints endpoints) {
        endpoints
                .get("/api/alerts", "Rules that tell people of runs.", this::list)
                .gives("alerts", ApiType.listOf(Answers.ALERT));
        endpoints
                .put("/api/alerts/{alert}", "Makes or changes a rule.", this::set)
                .needs("on", KINDS)
                .needs("block", ApiType.TEXT)
                .takes("to", ApiType.TEXTS)
                .takes("deployment", ApiType.TEXT)
                .takes("after", ApiType.DURATION)
                .takes("quiet", ApiType.DURATION)
                .takes("active", ApiType.FLAG)
                .gives(Answers.ALERT);
        endpoints.delete("/api/alerts/{alert}", "Removes a rule.", this::remove);
        endpoints
                .post("/api/alerts/{alert}/test", "Sends a test message by a rule.", this::test)
                .gives("works", ApiType.FLAG)
                .gives("message", ApiType.TEXT);
        endpoints
                .get("/api/alert-messages", "The latest messages, and whether they were sent.", this::messages)
                .gives("messages", ApiType.listOf(Answers.ALERT_MESSAGE));
    }

    private void list(Context request) {
        ObjectNode answer = ApiJson.object();
        answer.set(
                "alerts",
                ApiJson.array(rules.list().stream().map(AlertsApi::json).toList()));
        DeploymentsApi.answer(request, answer);
    }

    private void set(Context request) {
        RequestBody body = RequestBody.of(request);
        Set<AlertKind> kinds = body.texts("on").stream().map(AlertKind::of).collect(Collectors.toSet());
        AlertRule rule = new AlertRule(
                request.pathParam("alert"),
                kinds,
                body.text("deployment").map(DeploymentName::new),
                body.duration("after"),
                body.duration("quiet").orElse(Duration.ZERO),
                body.required("block"),
                body.texts("to"),
                body.flag("active").orElse(true));
        List<String> wrong = alerting.problems(rule);
        if (!wrong.isEmpty()) {
            throw new UnprocessableContentResponse(String.join(" ", wrong));
        }
        rules.set(rule);
        DeploymentsApi.answer(request, json(rule));
    }

    private void remove(Context request) {
        if (!rules.remove(request.pathParam("alert"))) {
            throw unknown(request);
        }
        request.status(204);
    }

    private void test(Context request) {
        AlertRule rule = rules.find(request.pathParam("alert")).orElseThrow(() -> unknown(request));
        BlockType.TestResult result = alerting.test(rule, clock.instant());
        DeploymentsApi.answer(
                request, ApiJson.object().put("works", result.works()).put("message", result.message()));
    }

    private static RefusedException unknown(Context request) {
        return RefusedException.unknown("There is no alert '" + request.pathParam("alert") + "'.");
    }

    private void messages(Context request) {
        ObjectNode answer = ApiJson.object();
        answer.set(
                "messages",
                ApiJson.array(state.alertMessages().latest(LATEST).stream()
                        .map(AlertsApi::json)
                        .toList()));
        DeploymentsApi.answer(request, answer);
    }

    private static ObjectNode json(AlertRule rule) {
        ObjectNode node = ApiJson.object().put("name", rule.name());
        node.set("on", ApiJson.texts(rule.words()));
        rule.deployment().ifPresent(name -> node.put("deployment", name.value()));
        rule.after().ifPresent(time -> node.put("after", time.toString()));
        node.put("quiet", rule.quiet().toString());
        node.put("block", rule.block());
        node.set("to", ApiJson.texts(rule.recipients()));
        return node.put("active", rule.active());
    }

    private static ObjectNode json(AlertMessage message) {
        ObjectNode node = ApiJson.object().put("id", message.id());
        node.put("alert", message.rule());
        node.put("on", message.kind().word());
        node.put("deployment", message.deployment().value());
        message.run().ifPresent(run -> node.put("run", run.toString()));
        node.put("state", message.state().name().toLowerCase(Locale.ROOT));
        node.put("attempts", message.attempts());
        node.put("created", message.createdAt().toString());
        message.sentAt().ifPresent(at -> node.put("sent", at.toString()));
        message.problem().ifPresent(problem -> node.put("problem", problem));
        return node;
    }
}
