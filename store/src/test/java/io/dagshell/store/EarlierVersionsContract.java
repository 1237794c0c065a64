package io.dagshell.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A database of any version there was is brought to the newest, and read back by what reads it today. */
abstract class EarlierVersionsContract {
    @TempDir
    Path folder;

    /** A new, empty one, at an address that can be opened again. */
    abstract String address();

    /** One of the other kind. */
    abstract String otherAddress();

    static Stream<Integer> versions() {
        return EarlierRows.versions().stream();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void rows_of_an_earlier_version_are_read_back_after_the_upgrade(int version) throws Exception {
        String address = address();
        try (Database earlier = Database.at(address)) {
            EarlierRows.make(earlier, version);
            assertThat(earlier.version()).hasValue(version);
        }

        try (Database upgraded = Database.at(address)) {
            upgraded.check();

            assertThat(upgraded.version()).hasValue(Database.newest());
            RowsReadBack.check(upgraded, version);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void a_copy_of_an_earlier_version_becomes_a_database_of_the_other_kind(int version) throws Exception {
        String address = otherAddress();
        try (Database earlier = Database.at(address());
                Database restored = Database.at(address)) {
            EarlierRows.make(earlier, version);

            assertThat(restore(copy(earlier), version, restored)).isEmpty();

            RowsReadBack.check(restored, version);
            assertThat(earlier.version()).as("a copy changes nothing").hasValue(version);
        }
    }

    @Test
    void what_a_restored_database_writes_goes_on_behind_what_was_there() throws Exception {
        try (Database first = Database.at(otherAddress());
                Database restored = Database.at(address())) {
            EarlierRows.make(first, Database.newest());
            restore(copy(first), Database.newest(), restored);
            RecordedRun told = RecordedRun.startedAt(RecordedRun.START);
            try (RunStore store = RunStore.open(restored)) {
                told.all().forEach(store::accept);

                assertThat(store.logs(told.id, -1, 10)).hasSize(1);
                RowsReadBack.check(restored, Database.newest());
            }
        }
    }

    @Test
    void what_is_replaced_stays_beside_it() throws Exception {
        String address = address();
        try (Database first = Database.at(address)) {
            EarlierRows.make(first, Database.newest());
            Map<String, byte[]> empty = emptied(copy(first));

            List<String> former = restore(empty, Database.newest(), first);

            assertThat(former).hasSize(1);
            assertThat(runs(first)).isZero();
            assertThat(runsOfFormer(address, former.get(0))).isEqualTo(2);
        }
    }

    /** How many runs the database has that was replaced. */
    abstract int runsOfFormer(String address, String former) throws SQLException;

    @Test
    void rows_that_do_not_fit_leave_what_was_there_as_it_was() throws Exception {
        try (Database first = Database.at(address())) {
            EarlierRows.make(first, Database.newest());
            Map<String, byte[]> rows = copy(first);
            rows.computeIfPresent("task_runs", (table, whole) -> Arrays.copyOf(whole, whole.length - 200));

            assertThatThrownBy(() -> restore(rows, Database.newest(), first)).isInstanceOf(Exception.class);

            RowsReadBack.check(first, Database.newest());
            assertThat(restore(copy(first), Database.newest(), first)).hasSize(1);
            RowsReadBack.check(first, Database.newest());
        }
    }

    @Test
    void a_copy_is_of_one_moment_and_holds_nobody_up() throws Exception {
        String address = address();
        try (Database database = Database.at(address);
                Database writer = Database.at(address)) {
            EarlierRows.make(database, Database.newest());
            try (DatabaseCopy copy = DatabaseCopy.of(database);
                    Connection other = writer.connect();
                    Statement statement = other.createStatement()) {
                statement.execute("update runs set title = 'later'");
                statement.execute("delete from task_runs");

                assertThat(rows(copy, "runs")).contains("Ingest ü").doesNotContain("later");
                assertThat(rows(copy, "task_runs").lines()).hasSize(1 + 4);
            }
        }
    }

    @Test
    void tables_of_a_newer_version_are_refused_by_whoever_decides_by_them() throws Exception {
        try (Database database = Database.at(address())) {
            EarlierRows.make(database, Database.newest());
            assertThatCode(database::requireKnown).doesNotThrowAnyException();
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("insert into flyway_schema_history select installed_rank + 1, '99', 'later', type,"
                        + " 'V99__later.sql', checksum, installed_by, installed_on, execution_time, success from"
                        + " flyway_schema_history order by installed_rank desc limit 1");
            }

            for (Callable<?> each : List.<Callable<?>>of(
                    () -> {
                        database.requireKnown();
                        return 0;
                    },
                    () -> DatabaseCopy.of(database))) {
                assertThatThrownBy(each::call)
                        .isInstanceOf(StoreException.class)
                        .hasMessage("The database " + database.place()
                                + " was changed by a newer DagShell: its tables are of version 99, and this one knows"
                                + " those up to " + Database.newest()
                                + ". Start the newer one, or restore a backup from"
                                + " before it with dagshell server restore.");
            }
        }
    }

    @Test
    void servers_that_start_at_once_on_an_old_database_upgrade_it_once() throws Exception {
        String address = address();
        try (Database earlier = Database.at(address)) {
            EarlierRows.make(earlier, 4);
        }
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                all.add(threads.submit(() -> {
                    try (Database one = Database.at(address)) {
                        one.check();
                    }
                    return 0;
                }));
            }
            for (Future<?> each : all) {
                each.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        try (Database upgraded = Database.at(address);
                Connection connection = upgraded.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*), count(distinct version),"
                        + " sum(case when success then 1 else 0 end) from flyway_schema_history")) {
            row.next();
            assertThat(List.of(row.getInt(1), row.getInt(2), row.getInt(3))).containsOnly(Database.VERSIONS.size());
            RowsReadBack.check(upgraded, 4);
        }
    }

    private static Map<String, byte[]> copy(Database database) throws Exception {
        Map<String, byte[]> rows = new LinkedHashMap<>();
        try (DatabaseCopy copy = DatabaseCopy.of(database)) {
            for (String table : copy.tables()) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                copy.write(table, out);
                rows.put(table, out.toByteArray());
            }
        }
        return rows;
    }

    private static String rows(DatabaseCopy copy, String table) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        copy.write(table, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Map<String, byte[]> emptied(Map<String, byte[]> rows) {
        Map<String, byte[]> empty = new LinkedHashMap<>();
        rows.forEach((table, bytes) -> empty.put(
                table,
                new String(bytes, StandardCharsets.UTF_8)
                        .lines()
                        .findFirst()
                        .orElseThrow()
                        .getBytes(StandardCharsets.UTF_8)));
        return empty;
    }

    private static List<String> restore(Map<String, byte[]> rows, int version, Database into) throws Exception {
        try (RestoredDatabase restored = RestoredDatabase.begin(into, version)) {
            for (var table : rows.entrySet()) {
                restored.fill(table.getKey(), new ByteArrayInputStream(table.getValue()));
            }
            return restored.finish("20260302-100000-" + System.nanoTime()).stream()
                    .toList();
        }
    }

    static int runs(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from runs")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Nothing that a restore made is left in the folder. */
    static boolean isClean(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.noneMatch(file -> file.toString().contains("restoring"));
        }
    }
}
