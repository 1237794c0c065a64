package io.dagshell.store;

import io.dagshell.engine.model.KeyPart;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.TaskName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads what keys were made of. Stateless and thread-safe. */
final class KeyQueries {
    private static final String WITH_PARTS = """
            select k.run_id, k.ordinal, k.task, k.at, r.source, p.kind, p.name, p.digest, p.shown, p.cell
            from (%s) k
            join runs r on r.run_id = k.run_id
            join key_parts p on p.set_digest in (k.common, k.arguments)
            order by k.at %s, k.ordinal, case when p.set_digest = k.common then 0 else 1 end, p.position""";
    private static final String OF_RUN =
            WITH_PARTS.formatted("select * from task_keys where run_id = ? order by ordinal limit ?", "asc");
    private static final String OF_CALL =
            WITH_PARTS.formatted("select * from task_keys where run_id = ? and ordinal = ?", "asc");
    private static final String BEFORE =
            WITH_PARTS.formatted("select * from task_keys where task = ? and at < ? order by at desc limit ?", "desc");

    private final HistoryQueries queries;

    KeyQueries(HistoryQueries queries) {
        this.queries = queries;
    }

    private record Line(String id, KeyRecord key) {}

    Optional<KeyRecord> of(RunId run, int ordinal) {
        return joined(queries.select(OF_CALL, KeyQueries::line, run.toString(), ordinal)).stream()
                .findFirst();
    }

    List<KeyRecord> ofRun(RunId run, int limit) {
        return joined(queries.select(OF_RUN, KeyQueries::line, run.toString(), limit));
    }

    List<KeyRecord> before(TaskName task, Instant time, int limit) {
        return joined(queries.select(BEFORE, KeyQueries::line, task.value(), Micros.of(time), limit));
    }

    private static List<KeyRecord> joined(List<Line> lines) {
        Map<String, List<KeyPart>> parts = new LinkedHashMap<>();
        Map<String, KeyRecord> keys = new LinkedHashMap<>();
        for (Line line : lines) {
            parts.computeIfAbsent(line.id(), any -> new ArrayList<>())
                    .addAll(line.key().parts());
            keys.putIfAbsent(line.id(), line.key());
        }
        List<KeyRecord> joined = new ArrayList<>();
        keys.forEach((id, key) -> joined.add(new KeyRecord(
                key.run(), key.ordinal(), key.task(), key.source(), key.at(), parts.getOrDefault(id, List.of()))));
        return joined;
    }

    private static Line line(ResultSet row) throws SQLException {
        int cell = row.getInt("cell");
        OptionalInt declared = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(cell);
        KeyPart part = new KeyPart(
                row.getString("kind"),
                row.getString("name"),
                row.getString("digest"),
                Optional.ofNullable(row.getString("shown")),
                declared);
        KeyRecord key = new KeyRecord(
                RunId.parse(row.getString("run_id")),
                row.getInt("ordinal"),
                new TaskName(row.getString("task")),
                row.getString("source"),
                Micros.instant(row.getLong("at")),
                List.of(part));
        return new Line(key.run() + " " + key.ordinal(), key);
    }
}
