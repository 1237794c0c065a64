package io.dagshell.store.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.store.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Schedules as rows, and as the JSON that a version keeps. Stateless. */
final class ScheduleRows {
    private static final String INSERT = """
            insert into schedules (schedule_id, deployment, origin, cron, rrule, zone, every, anchor, parameters, active,
                overlap, catch_up, next_due, created_at)
            values (:id, :deployment, :origin, :cron, :rrule, :zone, :every, :anchor, :parameters, :active,
                :overlap, :catchUp, :nextDue, :createdAt)""";
    private static final String UPDATE = """
            update schedules set cron = :cron, rrule = :rrule, zone = :zone, every = :every, anchor = :anchor,
                parameters = :parameters, active = :active, overlap = :overlap, catch_up = :catchUp,
                next_due = :nextDue
            where schedule_id = :id""";

    private ScheduleRows() {}

    static Schedule read(ResultSet row) throws SQLException {
        return new Schedule(
                ScheduleId.parse(row.getString("schedule_id")),
                new DeploymentName(row.getString("deployment")),
                spec(row),
                row.getString("origin").equals("FILE"),
                Columns.instant(row, "next_due"),
                Micros.instant(row.getLong("created_at")));
    }

    private static ScheduleSpec spec(ResultSet row) throws SQLException {
        return new ScheduleSpec(
                timing(row),
                row.getString("parameters"),
                row.getInt("active") == 1,
                Overlap.valueOf(row.getString("overlap")),
                CatchUp.valueOf(row.getString("catch_up")));
    }

    private static Timing timing(ResultSet row) throws SQLException {
        String cron = row.getString("cron");
        if (cron != null) {
            return Timing.Cron.stored(cron, ZoneId.of(row.getString("zone")));
        }
        Instant anchor = Micros.instant(row.getLong("anchor"));
        String rule = row.getString("rrule");
        return rule != null
                ? Timing.Rule.stored(rule, ZoneId.of(row.getString("zone")), anchor)
                : new Timing.Interval(Micros.duration(row.getLong("every")), anchor);
    }

    static void insert(Handle handle, Schedule schedule) {
        write(handle, INSERT, schedule);
    }

    /** All of a deployment, and what was skipped of them. */
    static void removeOf(Handle handle, DeploymentName name) {
        for (String sql : List.of("""
                delete from skipped_dues where schedule_id in
                    (select schedule_id from schedules where deployment = :name)""", "delete from schedules where deployment = :name")) {
            handle.createUpdate(sql).bind("name", name.value()).execute();
        }
    }

    static void update(Handle handle, Schedule schedule) {
        write(handle, UPDATE, schedule);
    }

    private static void write(Handle handle, String sql, Schedule schedule) {
        ScheduleSpec spec = schedule.spec();
        Timing timing = spec.timing();
        handle.createUpdate(sql)
                .bind("id", schedule.id().toString())
                .bind("deployment", schedule.deployment().value())
                .bind("origin", schedule.fromFile() ? "FILE" : "ADDED")
                .bind("cron", timing instanceof Timing.Cron cron ? cron.expression() : null)
                .bind("rrule", timing instanceof Timing.Rule rule ? rule.rule() : null)
                .bind(
                        "zone",
                        timing instanceof Timing.Interval ? null : timing.zone().getId())
                .bind("every", timing instanceof Timing.Interval interval ? micros(interval.every()) : null)
                .bind("anchor", anchor(timing))
                .bind("parameters", spec.parametersJson())
                .bind("active", spec.active() ? 1 : 0)
                .bind("overlap", spec.overlap().name())
                .bind("catchUp", spec.catchUp().name())
                .bind("nextDue", schedule.nextDue().map(Micros::of).orElse(null))
                .bind("createdAt", Micros.of(schedule.createdAt()))
                .execute();
    }

    private static @Nullable Long anchor(Timing timing) {
        if (timing instanceof Timing.Rule rule) {
            return micros(rule.anchor());
        }
        return timing instanceof Timing.Interval interval ? micros(interval.anchor()) : null;
    }

    private static @Nullable Long micros(Duration duration) {
        return Micros.of(duration);
    }

    private static @Nullable Long micros(Instant instant) {
        return Micros.of(instant);
    }

    static Optional<Instant> firstDue(ScheduleSpec spec, Instant now) {
        return spec.active() ? spec.timing().next(now) : Optional.empty();
    }

    static String json(List<ScheduleSpec> specs) {
        ArrayNode all = Columns.JSON.createArrayNode();
        for (ScheduleSpec spec : specs) {
            ObjectNode one = all.addObject();
            if (spec.timing() instanceof Timing.Cron cron) {
                one.put("cron", cron.expression()).put("zone", cron.zone().getId());
            } else if (spec.timing() instanceof Timing.Rule rule) {
                one.put("rrule", rule.rule())
                        .put("zone", rule.zone().getId())
                        .put("anchor", rule.anchor().toString());
            } else if (spec.timing() instanceof Timing.Interval interval) {
                one.put("every", interval.every().toString())
                        .put("anchor", interval.anchor().toString());
            }
            one.put("parameters", spec.parametersJson())
                    .put("active", spec.active())
                    .put("overlap", spec.overlap().name())
                    .put("catchUp", spec.catchUp().name());
        }
        return all.toString();
    }

    static List<ScheduleSpec> specs(JsonNode all) {
        List<ScheduleSpec> specs = new ArrayList<>();
        for (JsonNode one : all) {
            specs.add(new ScheduleSpec(
                    timing(one),
                    one.get("parameters").asText(),
                    one.get("active").asBoolean(),
                    Overlap.valueOf(one.get("overlap").asText()),
                    CatchUp.valueOf(one.get("catchUp").asText())));
        }
        return specs;
    }

    private static Timing timing(JsonNode one) {
        if (one.has("cron")) {
            return Timing.Cron.stored(
                    one.get("cron").asText(), ZoneId.of(one.get("zone").asText()));
        }
        Instant anchor = Instant.parse(one.get("anchor").asText());
        return one.has("rrule")
                ? Timing.Rule.stored(
                        one.get("rrule").asText(), ZoneId.of(one.get("zone").asText()), anchor)
                : new Timing.Interval(Duration.parse(one.get("every").asText()), anchor);
    }
}
