package io.dagshell.server.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.store.orchestration.Backfill;
import io.dagshell.store.orchestration.BackfillId;
import io.dagshell.store.orchestration.BackfillPlan;
import io.dagshell.store.orchestration.BackfillSpec;
import io.dagshell.store.orchestration.Deployment;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.Orchestration;
import io.dagshell.store.orchestration.Rerun;
import io.dagshell.store.orchestration.Schedule;
import io.dagshell.store.orchestration.ScheduleSpec;
import io.dagshell.store.orchestration.Timing;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Runs ranges of the past, as people and programs ask for them. Thread-safe. */
public final class Backfilling {
    private final Orchestration state;
    private final Manifests manifests;
    private final Clock clock;
    private final WorkSignal signal;

    Backfilling(Orchestration state, Manifests manifests, Clock clock, WorkSignal signal) {
        this.state = state;
        this.manifests = manifests;
        this.clock = clock;
        this.signal = signal;
    }

    /**
     * What is asked for.
     *
     * @param from the first moment, as {@link Moments} reads it
     * @param to the last one; now if empty
     * @param schedule its id, its number on the list of the deployment's schedules, or its rule; the only one if empty
     * @param timing a rule instead of a schedule's
     * @param values JSON of parameters that differ from the schedule's
     * @param texts the same as people type them; they go before {@code values}
     */
    public record Request(
            DeploymentName deployment,
            String from,
            Optional<String> to,
            Optional<String> schedule,
            Optional<Timing> timing,
            ObjectNode values,
            Map<String, String> texts,
            Rerun rerun,
            BackfillSpec.Pace pace) {
        public Request {
            texts = Map.copyOf(texts);
            if (schedule.isPresent() && timing.isPresent()) {
                throw new IllegalArgumentException(
                        "A backfill has either a 'schedule' or a rule of its own ('cron' or 'every'), not both.");
            }
        }
    }

    /**
     * The range as the state takes it.
     *
     * @throws IllegalArgumentException it cannot be told which schedule or which range is meant
     * @throws io.dagshell.engine.parameter.ParameterException a parameter is unknown or malformed
     */
    public BackfillSpec spec(Request request) {
        Deployment deployment = state.deployments().show(request.deployment());
        Optional<Schedule> schedule = request.timing().isPresent() ? Optional.empty() : Optional.of(schedule(request));
        ScheduleSpec pattern = schedule.map(Schedule::spec)
                .orElseGet(() -> ScheduleSpec.of(request.timing().orElseThrow()));
        FlowManifest manifest = manifests.of(deployment.current());
        ObjectNode parameters = TypedParameters.object(pattern.parametersJson());
        parameters.setAll(request.values());
        parameters.setAll(Ordering.typed(manifest, request.texts()));
        ZoneId zone = pattern.timing().zone();
        Instant now = clock.instant();
        return new BackfillSpec(
                request.deployment(),
                schedule.map(Schedule::id),
                pattern.withParameters(parameters.toString()),
                Moments.first("from", request.from(), zone),
                request.to().map(to -> Moments.last("to", to, zone, now)).orElse(now),
                request.rerun(),
                request.pace());
    }

    private Schedule schedule(Request request) {
        List<Schedule> all = state.schedules().of(request.deployment());
        if (all.isEmpty()) {
            throw new IllegalArgumentException("Deployment '" + request.deployment()
                    + "' has no schedule whose instants could be run: give a rule, 'cron' with 'zone' or 'every'.");
        }
        if (request.schedule().isEmpty() && all.size() == 1) {
            return all.get(0);
        }
        String wanted = request.schedule()
                .map(String::strip)
                .orElseThrow(() -> new IllegalArgumentException("Deployment '" + request.deployment() + "' has "
                        + all.size() + " schedules; say which, by its number: " + listed(all)));
        for (int i = 0; i < all.size(); i++) {
            Schedule each = all.get(i);
            String rule = each.spec().timing().toString();
            if (List.of(String.valueOf(i + 1), each.id().toString(), rule).contains(wanted)) {
                return each;
            }
        }
        throw new IllegalArgumentException(
                "Deployment '" + request.deployment() + "' has no schedule '" + wanted + "'; there are " + listed(all));
    }

    private static String listed(List<Schedule> all) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            texts.add((i + 1) + ": " + all.get(i).spec().timing());
        }
        return String.join("; ", texts) + ".";
    }

    /** What it would run; nothing is kept. */
    public BackfillPlan plan(BackfillSpec spec) {
        return state.backfills().plan(spec);
    }

    /** What a run of that instant is given, as JSON. */
    public String parameters(BackfillSpec spec, Instant due) {
        Deployment deployment = state.deployments().show(spec.deployment());
        return new TypedParameters(manifests).of(deployment.current(), spec.pattern(), due);
    }

    /** Begins it. A second one of the same key is the first. */
    public Backfill begin(BackfillSpec spec, String createdBy, Optional<String> idempotencyKey) {
        return state.backfills().begin(spec, createdBy, idempotencyKey);
    }

    /** Pauses it or lets it go on, or changes how many instants are run at once. */
    public Backfill change(BackfillId id, Optional<Boolean> paused, OptionalInt atOnce) {
        return state.backfills().change(id, paused, atOnce);
    }

    /** Ends it, and its runs unless those that go on are to end by themselves. */
    public Backfill cancel(BackfillId id, String reason, boolean keepRunning) {
        Backfill cancelled = state.backfills().cancel(id, reason, keepRunning);
        // Agents are told at once which runs to stop.
        signal.give();
        return cancelled;
    }
}
