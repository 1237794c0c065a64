package io.dagshell.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.Work;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

class PostgresLoadWaysTest {
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

    private static Table people(Integer[] ids, String... names) {
        return Table.create("t", IntColumn.create("id", ids), StringColumn.create("user", names));
    }

    private static Table people(int from, String... names) {
        return people(IntStream.range(from, from + names.length).boxed().toArray(Integer[]::new), names);
    }

    private static String all(String table) {
        return db().query("select string_agg(id || \"user\", ',' order by id) as a from " + table)
                .stringColumn("a")
                .get(0);
    }

    @Test
    void an_upsert_creates_changes_and_adds() throws Exception {
        within(() -> {
            assertThat(db().upsert("people", people(1, "a", "b"), "id")).isEqualTo(2);
            db().upsert("people", people(2, "B", "C"), "id");
            assertThat(all("people")).isEqualTo("1a,2B,3C");
            db().upsert("people", Table.create("t", IntColumn.create("id", 3, 4)), "id");
            assertThat(all("people")).isEqualTo("1a,2B,3C");
            assertThat(db().count("people")).isEqualTo(4);
            return 0;
        });
    }

    @Test
    void an_upsert_says_which_key_is_unclear_and_changes_nothing() throws Exception {
        within(() -> {
            db().upsert("clear", people(1, "a"), "id");
            assertThatThrownBy(() -> db().upsert("clear", people(new Integer[] {1, 2, 2}, "x", "y", "z"), "id"))
                    .hasMessageContaining("several rows with the key \"id\" = (2)");
            assertThatThrownBy(() -> db().upsert("clear", people(new Integer[] {1, null}, "x", "y"), "id"))
                    .hasMessageContaining("Row 2 has no value in the key column 'id'");
            assertThatThrownBy(() -> db().upsert("clear", people(1, "x"), "user"))
                    .hasMessageContaining("no unique index on (\"user\")");
            assertThatThrownBy(() -> db().upsert("clear", people(1, "x"), "nope"))
                    .hasMessageContaining("no column 'nope'");
            assertThatThrownBy(() -> db().upsert("clear", people(1, "x"))).hasMessageContaining("needs the columns");
            assertThat(all("clear")).isEqualTo("1a");
            return 0;
        });
    }

    @Test
    void a_reload_keeps_the_table_and_its_index_and_half_of_it_is_never_seen() throws Exception {
        within(() -> {
            db().upsert("kept", people(1, "a", "b"), "id");
            assertThatThrownBy(() -> db().reload("kept", people(new Integer[] {7, 7}, "x", "y")))
                    .hasMessageContaining("duplicate key");
            assertThat(all("kept")).isEqualTo("1a,2b");
            assertThat(db().reload("kept", people(5, "e"))).isEqualTo(1);
            assertThat(all("kept")).isEqualTo("5e");
            db().upsert("kept", people(5, "E"), "id");
            assertThat(all("kept")).isEqualTo("5E");
            return 0;
        });
    }

    @Test
    void what_postgres_cannot_hold_is_named() throws Exception {
        within(() -> {
            assertThatThrownBy(() -> db().append("nul", people(1, "a", "b", "c\0d")))
                    .hasMessageContaining("Row 3, column 'user': the text holds the character NUL");
            assertThatThrownBy(() -> db().append("wide", wide(1_601))).hasMessageContaining("at most 1,600 columns");
            assertThat(db().append("wide", wide(1_600))).isEqualTo(1);
            assertThat(db().query("select * from wide").columnCount()).isEqualTo(1_600);
            String name = "é".repeat(32);
            assertThatThrownBy(() -> db().append("long", Table.create("t", IntColumn.create(name, 1))))
                    .hasMessageContaining("has 64");
            return 0;
        });
    }

    private static Table wide(int columns) {
        return Table.create(
                "wide", IntStream.range(0, columns).<Column<?>>mapToObj(i -> IntColumn.create("c" + i, new int[] {i})));
    }
}
