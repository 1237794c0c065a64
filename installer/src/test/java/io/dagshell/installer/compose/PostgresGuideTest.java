package io.dagshell.installer.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.store.EnvironmentBlocks;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page that explains PostgreSQL is what a notebook does with a real one. */
@Timeout(180)
class PostgresGuideTest {
    private static EmbeddedPostgres database;

    @TempDir
    Path folder;

    private Guide guide;

    @BeforeAll
    static void start() throws IOException {
        database = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
    }

    @BeforeEach
    void open() throws Exception {
        String url = "postgresql://postgres@127.0.0.1:" + database.getPort() + "/postgres";
        guide = Guide.open(folder, EnvironmentBlocks.of(Map.of("DAGSHELL_BLOCK_POSTGRES_CONNECTOR", url)));
    }

    @AfterEach
    void close() throws Exception {
        guide.close();
    }

    @Test
    void every_block_runs_and_the_tables_are_as_it_says() throws Exception {
        List<String> values = new ArrayList<>();
        for (String example : Guide.examples("postgres.md")) {
            Seen seen = guide.run(example);
            assertThat(seen.errors()).as(example).isEmpty();
            values.add(seen.value());
        }
        assertThat(values).hasSize(6);
        assertThat(values.get(3)).isEqualTo("2");
        assertThat(values.get(5)).contains("9.5").contains("8");
        assertThat(rows("select id || zone || fare from trips order by id"))
                .containsExactly("1Harlem9.5", "2Chelsea12", "3Harlem8");
        assertThat(rows("select id || ' ' || fare from harlem order by id")).containsExactly("1 9.5", "3 8");
        assertThat(rows("select zone from copies order by id")).containsExactly("CHELSEA", "HARLEM");
    }

    @Test
    void what_the_database_refuses_is_shown_at_its_place_in_the_cell_and_nothing_of_how_it_came() {
        Seen seen = guide.run("%%sql postgres-connector\nselect\n  '🚕', nota\nfrom pg_class");
        assertThat(seen.errors())
                .containsExactly(
                        "guide.ipynb[1]:3:8: column \"nota\" does not exist", "      '🚕', nota", "           ^");
    }

    @Test
    void what_fails_in_a_block_shows_the_persons_lines_only() {
        Seen seen = guide.run("var db = postgres(\"postgres-connector\");\n\ndb.query(\"select 1 / 0 as x\")");
        assertThat(seen.errors()).anySatisfy(line -> assertThat(line).contains("division by zero"));
        assertThat(seen.errors()).contains("  --> 3 | db.query(\"select 1 / 0 as x\")");
        assertThat(seen.errors()).noneMatch(line -> line.contains("at org.postgresql") || line.contains("at java."));
    }

    private static List<String> rows(String sql) throws SQLException {
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
