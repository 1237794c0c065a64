package io.dagshell.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.Work;
import io.dagshell.engine.run.Engine;
import io.dagshell.tables.TableStream;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.InstantColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.ShortColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.api.TimeColumn;
import tech.tablesaw.columns.Column;

class PostgresQueryTest {
    private static EmbeddedPostgres database;

    @BeforeAll
    static void start() throws Exception {
        io.dagshell.tables.Tables.prepare();
        database = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    private static <R> R within(Work<R> work) throws Exception {
        return EngineOnPostgres.within(database, work);
    }

    private static PostgresBlock db() {
        return Blocks.postgres("db");
    }

    private static List<String> cells(Table table) {
        List<String> cells = new ArrayList<>();
        for (Column<?> column : table.columns()) {
            StringBuilder line =
                    new StringBuilder(column.name() + " " + column.type().name());
            for (int row = 0; row < column.size(); row++) {
                line.append("|").append(column.isMissing(row) ? "∅" : column.get(row));
            }
            cells.add(line.toString());
        }
        return cells;
    }

    /** A row of ordinary values, one at an edge, one of none. */
    private static Table edges() {
        Table table = Table.create(
                "t",
                IntColumn.create("select", 1, Integer.MAX_VALUE),
                LongColumn.create("$big", 1L << 31, -Long.MAX_VALUE),
                ShortColumn.create("s'q", new Short[] {7, Short.MAX_VALUE}),
                DoubleColumn.create("d\"q", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
                FloatColumn.create("f;--", 1.5f, Float.NEGATIVE_INFINITY),
                StringColumn.create("🚕 ü", "'; drop table t; --", "\u202e→\t\n\\"),
                BooleanColumn.create("b.c", true, false),
                DateColumn.create("day", LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31)),
                TimeColumn.create("clock", LocalTime.MIDNIGHT, LocalTime.of(23, 59, 59, 999_000_000)),
                DateTimeColumn.create(
                        "at",
                        LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_000_000),
                        LocalDateTime.of(2021, 3, 28, 2, 30)),
                InstantColumn.create(
                        "moment", Instant.parse("1883-11-18T17:00:00.001Z"), Instant.parse("2021-10-31T00:30:00Z")));
        table.columns().forEach(Column::appendMissing);
        return table;
    }

    @Test
    void a_table_read_back_is_the_one_written() throws Exception {
        List<String> back = within(() -> {
            db().replace("edges $ \"q\" 🚕", edges());
            return cells(db().query("select * from \"edges $ \"\"q\"\" 🚕\""));
        });
        assertThat(back).isEqualTo(cells(edges()));
    }

    @Test
    void an_empty_table_keeps_its_columns() throws Exception {
        List<String> back = within(() -> {
            db().replace("empty", edges().emptyCopy());
            return cells(db().query("select * from empty"));
        });
        assertThat(back).isEqualTo(cells(edges().emptyCopy()));
    }

    @Test
    void values_are_bound_where_their_names_stand_and_only_there() throws Exception {
        Table answer = within(() -> db().query(
                        """
                        -- :no in a comment
                        select :text as "a:text", ':no', :n::int + 1 as n, '{"k":1}'::jsonb ? 'k' as has,
                        $x$ :no; $x$ as body, date '2021-01-02' = :day as same, 2 = any(:ids) as listed /* ; */;""",
                        Map.of("text", "'; drop table x; --", "n", 41, "day", "2021-01-02", "ids", List.of(1, 2))));
        assertThat(cells(answer))
                .containsExactly(
                        "a:text STRING|'; drop table x; --",
                        "?column? STRING|:no",
                        "n INTEGER|42",
                        "has BOOLEAN|true",
                        "body STRING| :no; ",
                        "same BOOLEAN|true",
                        "listed BOOLEAN|true");
    }

    @Test
    void an_error_names_line_and_column_of_the_sql_as_written() throws Exception {
        within(() -> {
            assertThatThrownBy(() -> db().query("select 1;\nselect '🚕', :n, '?' ?\n  nope", Map.of("n", 1)))
                    .isInstanceOf(SqlException.class)
                    .hasMessageContaining("SQL line 3, column 3: column \"nope\" does not exist")
                    .hasMessageContaining("\n      nope\n      ^");
            assertThatThrownBy(() -> db().query("select\n :missing"))
                    .hasMessageContaining("SQL line 2, column 2: there is no value for :missing");
            return 0;
        });
    }

    @Test
    void statements_are_one_transaction() throws Exception {
        within(() -> {
            db().execute("create table one (n int)");
            assertThatThrownBy(() -> db().execute("insert into one values (1); select 1/0"))
                    .hasMessageContaining("zero");
            assertThat(db().count("one")).isZero();
            assertThat(db().execute("insert into one values (:a), (:b)", Map.of("a", 1, "b", 2)))
                    .isEqualTo(2);
            return 0;
        });
    }

    @Test
    void columns_of_one_name_get_numbers() throws Exception {
        assertThat(within(
                        () -> db().query("select 1 as id, 2 as \"ID\", 3 as id").columnNames()))
                .containsExactly("id", "ID_2", "id_3");
    }

    @Test
    void a_value_no_table_has_is_named_by_row_and_column() throws Exception {
        within(() -> {
            assertThatThrownBy(() -> db().query("select * from (values (1), (-2147483648)) v(n)"))
                    .hasMessageContaining("Row 2, column 'n'")
                    .hasMessageContaining("\"n\"::bigint");
            assertThatThrownBy(() -> db().query("select timestamp 'infinity' as at"))
                    .hasMessageContaining("Row 1, column 'at': tables have no infinity");
            assertThatThrownBy(() -> db().query("select date '-infinity' as at"))
                    .hasMessageContaining("tables have no -infinity");
            return 0;
        });
    }

    @Test
    void a_stream_comes_by_cursor_and_may_be_left_early() throws Exception {
        within(() -> {
            TableStream stream = db().stream("select n from generate_series(1, :last) n", 1_000, Map.of("last", 2_500));
            List<Integer> sizes = new ArrayList<>();
            stream.forEach(chunk -> sizes.add(chunk.rowCount()));
            assertThat(sizes).containsExactly(1_000, 1_000, 500);
            try (TableStream.Chunks many =
                    db().stream("select n from generate_series(1, 10000) n", 10).open()) {
                assertThat(Objects.requireNonNull(many.next()).rowCount()).isEqualTo(10);
            }
            assertThat(db().stream("select 1 as n where false", 10).toTable().rowCount())
                    .isZero();
            return 0;
        });
    }

    @Test
    void cancelling_ends_the_query_in_the_server() throws Exception {
        try (Engine engine = EngineOnPostgres.engine(database)) {
            CompletableFuture<Throwable> ended = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    engine.within(() -> db().query("select pg_sleep(60) as slept"));
                    ended.complete(new AssertionError("slept to the end"));
                } catch (Throwable failure) {
                    ended.complete(failure);
                }
            });
            thread.start();
            awaitSleepers(1);
            engine.cancel();
            assertThat(ended.get(10, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
            awaitSleepers(0);
        }
    }

    private static void awaitSleepers(int wanted) throws Exception {
        int seen = -1;
        for (int tries = 0; tries < 100 && seen != wanted; tries++) {
            TimeUnit.MILLISECONDS.sleep(50);
            try (Connection connection = database.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery("select count(*) from pg_stat_activity where state = 'active'"
                                    + " and query like 'select pg_sleep(60)%'")) {
                row.next();
                seen = row.getInt(1);
            }
        }
        assertThat(seen).isEqualTo(wanted);
    }
}
