package io.dagshell.store.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.engine.model.TaskName;
import io.dagshell.store.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Versions of deployments as rows, and their files by content. Stateless. */
final class VersionRows {
    private static final String INSERT = """
            insert into deployment_versions (deployment, version, flow, jdk, queue, tags, description, concurrency,
                retries, retry_delay, retry, pause_after, parameters, schedules, created_at)
            values (:deployment, :version, :flow, :jdk, :queue, :tags, :description, :concurrency,
                :retries, :retryDelay, :retry, :pauseAfter, :parameters, :schedules, :now)
            on conflict do nothing""";
    private static final String FILES = """
            select f.name, c.bytes from deployment_files f join contents c on c.digest = f.digest
            where f.deployment = :deployment and f.version = :version""";
    private static final String UNUSED_CONTENTS = """
            delete from contents where not exists
                (select 1 from deployment_files f where f.digest = contents.digest)""";

    private VersionRows() {}

    static Deployment deployment(ResultSet row) throws SQLException {
        return new Deployment(
                new DeploymentName(row.getString("name")),
                version(row),
                row.getInt("paused") == 1,
                Columns.text(row, "paused_reason"),
                Columns.instant(row, "paused_at"),
                Micros.instant(row.getLong("made_at")),
                Micros.instant(row.getLong("updated_at")));
    }

    private static DeploymentVersion version(ResultSet row) throws SQLException {
        return new DeploymentVersion(
                new DeploymentName(row.getString("deployment")),
                row.getString("version"),
                new TaskName(row.getString("flow")),
                row.getInt("jdk"),
                settings(row),
                row.getString("parameters"),
                Micros.instant(row.getLong("created_at")));
    }

    static DeploymentSettings settings(ResultSet row) throws SQLException {
        return new DeploymentSettings(
                row.getString("queue"),
                new TreeSet<>(Columns.texts(row, "tags")),
                row.getString("description"),
                Columns.number(row, "concurrency"),
                retrying(row),
                Columns.number(row, "pause_after"));
    }

    static Retrying retrying(ResultSet row) throws SQLException {
        return row.getString("retry") == null
                ? Retrying.crashes(row.getInt("retries"), Micros.duration(row.getLong("retry_delay")))
                : Retrying.of(Columns.read(row, "retry", JsonNode.class));
    }

    static void insert(Handle handle, DeploymentSpec spec, String version, Instant now) {
        DeploymentSettings settings = spec.settings();
        handle.createUpdate(INSERT)
                .bind("deployment", spec.name().value())
                .bind("version", version)
                .bind("flow", spec.flow().toString())
                .bind("jdk", spec.jdk())
                .bind("queue", settings.queue())
                .bind("tags", Columns.json(settings.tags()))
                .bind("description", settings.description())
                .bind("concurrency", boxed(settings.concurrency()))
                .bind("retries", settings.retries())
                .bind("retryDelay", Micros.of(settings.retryDelay()))
                .bind("retry", settings.retrying().toJson())
                .bind("pauseAfter", boxed(settings.pauseAfterFailures()))
                .bind("parameters", spec.parametersJson())
                .bind("schedules", ScheduleRows.json(spec.schedules()))
                .bind("now", Micros.of(now))
                .execute();
        spec.files().names().forEach(name -> insertFile(handle, spec, version, name));
    }

    private static @Nullable Integer boxed(OptionalInt number) {
        return number.isPresent() ? Integer.valueOf(number.getAsInt()) : null;
    }

    private static void insertFile(Handle handle, DeploymentSpec spec, String version, String name) {
        String digest = spec.files().digest(name);
        handle.createUpdate("insert into contents (digest, bytes) values (:digest, :bytes) on conflict do nothing")
                .bind("digest", digest)
                .bind("bytes", spec.files().bytes(name).orElseThrow())
                .execute();
        handle.createUpdate("""
                        insert into deployment_files (deployment, version, name, digest)
                        values (:deployment, :version, :name, :digest) on conflict do nothing""")
                .bind("deployment", spec.name().value())
                .bind("version", version)
                .bind("name", name)
                .bind("digest", digest)
                .execute();
    }

    static List<DeploymentVersion> all(Handle handle, DeploymentName name) {
        return handle.createQuery(
                        "select * from deployment_versions where deployment = :name order by created_at desc, version")
                .bind("name", name.value())
                .map((row, context) -> version(row))
                .list();
    }

    static DeploymentVersion startingWith(Handle handle, DeploymentName name, String prefix) {
        List<DeploymentVersion> found = all(handle, name).stream()
                .filter(each -> !prefix.isBlank() && each.version().startsWith(prefix))
                .toList();
        if (found.size() != 1) {
            throw RefusedException.unknown((found.isEmpty() ? "No version" : "More than one version")
                    + " of deployment '" + name + "' begins with '" + prefix + "'.");
        }
        return found.get(0);
    }

    static List<ScheduleSpec> schedules(Handle handle, DeploymentName name, String version) {
        Optional<JsonNode> json = handle.createQuery(
                        "select schedules from deployment_versions where deployment = :name and version = :version")
                .bind("name", name.value())
                .bind("version", version)
                .map((row, context) -> Columns.read(row, "schedules", JsonNode.class))
                .findOne();
        return ScheduleRows.specs(json.orElseThrow());
    }

    static void files(Handle handle, DeploymentName name, String version, BiConsumer<String, byte[]> each) {
        handle.createQuery(FILES)
                .bind("deployment", name.value())
                .bind("version", version)
                .map((row, context) -> {
                    each.accept(row.getString("name"), row.getBytes("bytes"));
                    return true;
                })
                .list();
    }

    static boolean exists(Handle handle, DeploymentName name, String version) {
        return handle.createQuery(
                                "select count(*) from deployment_versions where deployment = :name and version = :version")
                        .bind("name", name.value())
                        .bind("version", version)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** Nobody takes or ends one of its runs until the transaction ends. */
    static void lockRuns(Handle handle, DeploymentName name, String lock) {
        handle.createQuery("select run_id from flow_runs where deployment = :name and phase < 2" + lock)
                .bind("name", name.value())
                .mapTo(String.class)
                .list();
    }

    static void refuseIfGoing(Handle handle, DeploymentName name) {
        int going = handle.createQuery("select count(*) from flow_runs where deployment = :name and phase = 1")
                .bind("name", name.value())
                .mapTo(Integer.class)
                .one();
        if (going > 0) {
            throw RefusedException.conflict("Deployment '" + name + "' has " + going
                    + (going == 1 ? " run that is not over: cancel it" : " runs that are not over: cancel them")
                    + " first.");
        }
    }

    static void remove(Handle handle, DeploymentName name) {
        for (String sql : List.of(
                "delete from deployment_files where deployment = :name",
                "delete from deployment_versions where deployment = :name",
                "delete from deployments where name = :name")) {
            handle.createUpdate(sql).bind("name", name.value()).execute();
        }
        handle.execute(UNUSED_CONTENTS);
    }
}
