package io.dagshell.store.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.store.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditPlanTest {
    @TempDir
    Path folder;

    @Test
    void a_page_of_the_audit_log_is_read_along_an_index_and_not_sorted() throws Exception {
        AuditQuery latest = AuditQuery.latest(50);
        AuditQuery.Place place = new AuditQuery.Place(Instant.EPOCH, "00000000-0000-0000-0000-000000000000");
        try (Database database = Database.file(folder.resolve("dagshell.db"));
                Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (AuditQuery query : List.of(
                    latest,
                    latest.from(place),
                    latest.since(Instant.EPOCH).from(place),
                    latest.by("ada").from(place),
                    latest.of("run.cancel").from(place))) {
                String sql = AuditLog.sql(query).replaceAll(":\\w+", "1");
                StringBuilder plan = new StringBuilder();
                try (ResultSet row = statement.executeQuery("explain query plan " + sql)) {
                    while (row.next()) {
                        plan.append(row.getString("detail")).append('\n');
                    }
                }
                assertThat(plan.toString())
                        .as(sql)
                        .contains("USING INDEX audit_by_")
                        .doesNotContain("TEMP B-TREE");
            }
        }
    }
}
