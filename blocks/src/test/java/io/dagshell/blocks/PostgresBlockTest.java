package io.dagshell.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.Work;
import io.dagshell.engine.run.Engine;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class PostgresBlockTest {
    private static EmbeddedPostgres database;

    @BeforeAll
    static void start() throws IOException {
        io.dagshell.tables.Tables.prepare();
        database = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
    }

    private static <R> R with(Map<String, String> fields, Work<R> work) throws Exception {
        try (Engine engine = EngineOnPostgres.engine(fields)) {
            return engine.within(work);
        }
    }

    private static Map<String, String> settings() {
        return Map.of("host", "127.0.0.1", "port", "" + database.getPort(), "database", "postgres", "user", "postgres");
    }

    private static String value(String sql) throws Exception {
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    private static Table table() {
        return Table.create(
                "t",
                IntColumn.create("n", 1, 2),
                LongColumn.create("big", 1L << 40, -1L),
                DoubleColumn.create("d", 1.5, Double.NaN),
                StringColumn.create("Text \"x\"", "ü→\"", ""),
                BooleanColumn.create("b", true, false),
                DateColumn.create("day", LocalDate.of(1999, 12, 31), LocalDate.of(2024, 2, 29)),
                DateTimeColumn.create(
                        "at",
                        LocalDateTime.of(2021, 1, 1, 0, 0, 5),
                        LocalDateTime.of(1969, 12, 31, 23, 59, 59, 123_000_000)));
    }

    @Test
    void every_value_arrives_as_it_was_and_missing_ones_are_null() throws Exception {
        assertThat(with(settings(), () -> Blocks.postgres("db").replace("values", table())))
                .isEqualTo(2L);
        assertThat(value(
                        "select string_agg(concat_ws(',', n, big, d, \"Text \"\"x\"\"\", b, day, at), ';' order by n) from values"
                                .replace("from values", "from \"values\"")))
                .isEqualTo("1,1099511627776,1.5,ü→\",t,1999-12-31,2021-01-01 00:00:05;"
                        + "2,-1,f,2024-02-29,1969-12-31 23:59:59.123");
    }

    @Test
    void append_adds_and_replace_puts_in_place() throws Exception {
        with(settings(), () -> {
            PostgresBlock db = Blocks.postgres("db");
            db.append("grown", table());
            db.append("grown", table());
            assertThat(db.count("grown")).isEqualTo(4);
            db.replace("grown", table());
            assertThat(db.count("grown")).isEqualTo(2);
            return 0;
        });
    }

    @Test
    void a_stream_that_fails_leaves_the_table_as_it_was(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("three.csv"), "n\n1\n2\n3\n");
        with(settings(), () -> {
            PostgresBlock db = Blocks.postgres("db");
            db.replace("kept", table());
            assertThatThrownBy(() -> db.replace(
                            "kept", io.dagshell.tables.Tables.stream(file, 1).peek(chunk -> {
                                if (chunk.intColumn("n").get(0) == 3) {
                                    throw new IllegalStateException("third chunk");
                                }
                            })))
                    .hasMessage("third chunk");
            assertThat(db.count("kept")).isEqualTo(2);
            return 0;
        });
    }

    @Test
    void a_column_the_table_does_not_take_is_named() throws Exception {
        with(settings(), () -> {
            PostgresBlock db = Blocks.postgres("db");
            db.replace("narrow", Table.create("t", IntColumn.create("n", 1)));
            assertThatThrownBy(() -> db.append("narrow", Table.create("t", DoubleColumn.create("n", 1.5))))
                    .hasMessageContaining("'n double precision'")
                    .hasMessageContaining("there it is integer");
            return 0;
        });
    }

    @Test
    void an_unreachable_server_is_named_without_the_password() throws Exception {
        Map<String, String> wrong = Map.of("host", "127.0.0.1", "port", "1", "database", "x", "password", "s3cret");
        with(wrong, () -> {
            assertThatThrownBy(() -> Blocks.postgres("db").count("t"))
                    .isInstanceOf(BlockException.class)
                    .hasMessageContaining("Block 'db': PostgreSQL at 127.0.0.1:1/x cannot be reached")
                    .hasMessageNotContaining("s3cret");
            return 0;
        });
    }

    @Test
    void a_block_that_is_not_there_says_how_to_set_it() throws Exception {
        with(settings(), () -> {
            assertThatThrownBy(() -> Blocks.postgres("other"))
                    .hasMessageContaining("dagshell block set other --type postgres")
                    .hasMessageContaining("DAGSHELL_BLOCK_OTHER");
            return 0;
        });
    }
}
