package io.dagshell.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("dagshell.db");
    }

    private String ask(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet row = statement.getResultSet()) {
                return row.next() ? String.valueOf(row.getString(1)) : "";
            }
        }
    }

    @Test
    void a_new_file_has_the_tables_of_the_newest_version() throws SQLException {
        new Database(file).prepare();

        assertThat(ask("select version from flyway_schema_history order by installed_rank desc limit 1"))
                .isEqualTo(Database.VERSION);
        assertThat(ask("select count(*) from runs")).isEqualTo("0");
        assertThat(ask("pragma journal_mode")).isEqualTo("wal");
    }

    @RepeatedTest(12)
    void nine_that_open_a_new_file_at_once_all_find_it_ready() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(9);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                all.add(threads.submit(() -> {
                    new Database(file).prepare();
                    return 0;
                }));
            }
            for (Future<?> each : all) {
                each.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(ask("select count(*) from flyway_schema_history where success = 1"))
                .isEqualTo(String.valueOf(Database.VERSIONS.size()));
    }

    @Test
    void a_file_of_a_newer_version_is_still_written_and_read() throws SQLException {
        new Database(file).prepare();
        ask("alter table runs add column later text");
        ask(
                "insert into flyway_schema_history select installed_rank + 1, '99', 'later', type, 'V99__later.sql', checksum,"
                        + " installed_by, installed_on, execution_time, success from flyway_schema_history"
                        + " order by installed_rank desc limit 1");
        RecordedRun told = RecordedRun.startedAt(RecordedRun.START);
        try (RunStore store = RunStore.open(file)) {
            told.all().forEach(store::accept);
            assertThat(store.run(told.id)).isPresent();
        }
    }
}
