package io.dagshell.server.web;

import io.dagshell.engine.block.BlockType;
import io.dagshell.server.alert.Alerting;
import io.dagshell.store.orchestration.AlertKind;
import io.dagshell.store.orchestration.AlertMessage;
import io.dagshell.store.orchestration.AlertRule;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.Orchestration;
import io.dagshell.store.orchestration.RefusedException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** {@code /alerts}: whom to tell of what, and what was told. */
public final class AlertsPage {
    private static final int LATEST = 30;

    private final Orchestration state;
    private final Alerting alerting;
    private final Pages pages;
    private final Clock clock;

    AlertsPage(Orchestration state, Alerting alerting, Pages pages, Clock clock) {
        this.state = state;
        this.alerting = alerting;
        this.pages = pages;
        this.clock = clock;
    }

    void add(RoutesConfig routes) {
        routes.get(
                "/alerts",
                request -> pages.show(
                        request, "page/alerts.jte", new Page(state.alertRules().list(), live())));
        routes.get("/alerts/live", request -> pages.again(request, live()));
        routes.get("/alerts/edit", this::edit);
        routes.post("/alerts", this::save);
        routes.post("/alerts/switch", this::onOrOff);
        routes.post("/alerts/test", this::test);
        routes.post("/alerts/remove", this::remove);
    }

    private LivePart live() {
        Told told = new Told(state.alertMessages().latest(LATEST));
        return pages.live("messages", "/alerts/live", true, "part/alertMessages.jte", told);
    }

    private void edit(Context request) {
        String name = Optional.ofNullable(request.queryParam("name")).orElse("");
        if (name.isEmpty()) {
            show(request, AlertForm.blank(alerting.blockNames()), List.of());
            return;
        }
        Optional<AlertRule> rule = state.alertRules().find(name);
        if (rule.isEmpty()) {
            missing(request, name);
            return;
        }
        show(request, AlertForm.of(rule.get()), List.of());
    }

    private void missing(Context request, String name) {
        pages.missing(request, "There is no alert '" + name + "'", "The page of alerts lists those there are.");
    }

    private void show(Context request, AlertForm form, List<String> problems) {
        List<String> deployments = state.deployments().list().stream()
                .map(each -> each.name().value())
                .toList();
        pages.show(
                request,
                "page/alert.jte",
                new Edit(form, List.of(AlertKind.values()), deployments, alerting.blockNames(), problems));
    }

    private void save(Context request) {
        AlertForm form = AlertForm.of(request);
        List<String> wrong;
        try {
            AlertRule rule = form.rule();
            wrong = form.fresh() && state.alertRules().find(rule.name()).isPresent()
                    ? List.of("There is an alert '" + rule.name() + "' already.")
                    : alerting.problems(rule);
            if (wrong.isEmpty()) {
                boolean active = state.alertRules()
                        .find(rule.name())
                        .map(AlertRule::active)
                        .orElse(true);
                state.alertRules().set(rule.withActive(active));
                request.redirect("/alerts", HttpStatus.SEE_OTHER);
                return;
            }
        } catch (RefusedException | IllegalArgumentException unfit) {
            wrong = List.of(String.valueOf(unfit.getMessage()));
        }
        request.status(HttpStatus.BAD_REQUEST);
        show(request, form, wrong);
    }

    private Optional<AlertRule> named(Context request) {
        String name = Optional.ofNullable(request.formParam("name")).orElse("");
        Optional<AlertRule> rule = state.alertRules().find(name);
        if (rule.isEmpty()) {
            missing(request, name);
        }
        return rule;
    }

    private void onOrOff(Context request) {
        named(request).ifPresent(rule -> {
            state.alertRules().set(rule.withActive("true".equals(request.formParam("active"))));
            request.redirect("/alerts", HttpStatus.SEE_OTHER);
        });
    }

    private void test(Context request) {
        named(request).ifPresent(rule -> {
            BlockType.TestResult result = alerting.test(rule, clock.instant());
            pages.show(request, "part/tested.jte", new BlocksPage.Tested(result.works(), result.message()));
        });
    }

    private void remove(Context request) {
        named(request).ifPresent(rule -> {
            state.alertRules().remove(rule.name());
            request.redirect("/alerts", HttpStatus.SEE_OTHER);
        });
    }

    /** What the page gets. */
    public record Page(List<AlertRule> rules, LivePart live) {
        public Page {
            rules = List.copyOf(rules);
        }
    }

    /** What the part that changes gets. */
    public record Told(List<AlertMessage> messages) {
        public Told {
            messages = List.copyOf(messages);
        }
    }

    /** What the form gets. */
    public record Edit(
            AlertForm form,
            List<AlertKind> kinds,
            List<String> deployments,
            List<String> blocks,
            List<String> problems) {
        public Edit {
            kinds = List.copyOf(kinds);
            deployments = List.copyOf(deployments);
            blocks = List.copyOf(blocks);
            problems = List.copyOf(problems);
        }
    }

    /** When a rule tells, in a few words. */
    public static String scope(AlertRule rule) {
        String whose = rule.deployment().map(DeploymentName::value).orElse("all deployments");
        return whose
                + rule.after().map(time -> " · after " + AlertForm.words(time)).orElse("")
                + (rule.quiet().isZero() ? "" : " · quiet for " + AlertForm.words(rule.quiet()));
    }
}
