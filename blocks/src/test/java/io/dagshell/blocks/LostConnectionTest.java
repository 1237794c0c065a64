package io.dagshell.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.blocks.CuttingProxy.Fate;
import io.dagshell.engine.Call2;
import io.dagshell.engine.Task;
import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.model.RetryRule;
import io.dagshell.engine.run.Engine;
import io.dagshell.tables.Tables;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** The connection is cut where it hurts: what a retry leaves is what one undisturbed load leaves. */
class LostConnectionTest {
    private static final Call2<String, Integer, Long> APPEND = retried(LostConnectionTest::append);
    private static final Call2<String, Integer, Long> REPLACE = retried(LostConnectionTest::replace);
    private static final Call2<String, Integer, Long> RELOAD = retried(LostConnectionTest::reload);
    private static final Call2<String, Integer, Long> UPSERT = retried(LostConnectionTest::upsert);
    /** Rows of the table as each attempt found it. */
    private static final List<Long> FOUND = new ArrayList<>();

    private static EmbeddedPostgres database;
    private CuttingProxy proxy;
    private String constraint = "";

    private static Call2<String, Integer, Long> retried(Call2<String, Integer, Long> load) {
        return Task.of(
                load,
                header ->
                        header.withRetry(RetryRule.of(1, Duration.ofMillis(20))).withEffect(true));
    }

    private static long append(String table, int rows) throws Exception {
        FOUND.add(count(table));
        return Blocks.postgres("db").append(table, rows(rows));
    }

    private static long replace(String table, int rows) throws Exception {
        FOUND.add(count(table));
        return Blocks.postgres("db").replace(table, rows(rows));
    }

    private static long reload(String table, int rows) throws Exception {
        FOUND.add(count(table));
        return Blocks.postgres("db").reload(table, rows(rows));
    }

    private static long upsert(String table, int rows) throws Exception {
        FOUND.add(count(table));
        return Blocks.postgres("db").upsert(table, rows(rows), "n");
    }

    private static Table rows(int rows) {
        return Table.create("t", IntColumn.create("n", IntStream.range(0, rows).toArray()));
    }

    @BeforeAll
    static void start() throws Exception {
        Tables.prepare();
        database = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
    }

    @BeforeEach
    void open() throws Exception {
        proxy = new CuttingProxy(database.getPort());
        aTableOfTwoRows();
    }

    private void aTableOfTwoRows() throws SQLException {
        FOUND.clear();
        sql("drop table if exists trips; create table trips (n integer" + constraint
                + "); insert into trips values (-1), (-2)");
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
    }

    private long run(Call2<String, Integer, Long> load, int rows) throws Exception {
        Map<String, String> fields =
                Map.of("host", "127.0.0.1", "port", "" + proxy.port(), "database", "postgres", "user", "postgres");
        try (Engine engine = Engine.builder()
                .blocks(name -> Optional.of(BlockSettings.of("postgres", fields)))
                .build()) {
            return engine.within(() -> load.call("trips", rows));
        }
    }

    private static void sql(String statements) throws SQLException {
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    private static long count(String table) throws SQLException {
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Cuts where the first statement after the marker is executed: the commit. Its text is sent once a connection only. */
    private static CuttingProxy.Rule atCommit(Fate fate) {
        boolean[] marked = new boolean[1];
        boolean[] next = new boolean[1];
        return message -> {
            marked[0] |= message.text().contains("insert into dagshell_loads");
            next[0] |= marked[0] && message.kind() == 'S';
            return next[0] && message.kind() == 'E' ? fate : Fate.PASS;
        };
    }

    @Test
    void a_load_that_was_committed_though_nobody_heard_of_it_is_not_done_twice() throws Exception {
        proxy.cutOnce(atCommit(Fate.CUT_AFTER_ANSWER));

        assertThat(run(APPEND, 3)).isEqualTo(3);

        assertThat(FOUND).containsExactly(2L, 5L);
        assertThat(count("trips")).isEqualTo(5);
    }

    @Test
    void a_load_whose_commit_was_never_sent_is_done_by_the_retry() throws Exception {
        proxy.cutOnce(atCommit(Fate.CUT_BEFORE));

        assertThat(run(APPEND, 3)).isEqualTo(3);

        assertThat(FOUND).containsExactly(2L, 2L);
        assertThat(count("trips")).isEqualTo(5);
    }

    @Test
    void a_load_cut_among_its_rows_leaves_none_of_them_and_is_done_by_the_retry() throws Exception {
        int[] sent = new int[1];
        proxy.cutOnce(message -> message.kind() == 'd' && ++sent[0] == 5 ? Fate.CUT_AT_ONCE : Fate.PASS);

        assertThat(run(APPEND, 100_000)).isEqualTo(100_000);

        assertThat(FOUND).containsExactly(2L, 2L);
        assertThat(count("trips")).isEqualTo(100_002);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " primary key"})
    void a_retry_that_overtakes_a_slow_commit_waits_for_it(String constrained) throws Exception {
        constraint = constrained;
        aTableOfTwoRows();
        sql("create or replace function slow() returns trigger language plpgsql as "
                + "$$ begin if new.n = 0 then perform pg_sleep(0.7); end if; return null; end $$;"
                + "create constraint trigger slow after insert on trips deferrable initially deferred"
                + " for each row execute function slow()");
        proxy.cutOnce(atCommit(Fate.CUT_AT_ONCE));

        assertThat(run(APPEND, 3)).isEqualTo(3);

        assertThat(FOUND).containsExactly(2L, 2L);
        assertThat(count("trips")).isEqualTo(5);
    }

    @Test
    void wherever_an_append_is_cut_its_rows_are_there_once() throws Exception {
        everyCut(APPEND, 3 + 2);
    }

    @Test
    void wherever_an_append_to_a_table_with_a_key_is_cut_its_rows_are_there_once() throws Exception {
        constraint = " primary key";
        everyCut(APPEND, 3 + 2);
    }

    @Test
    void wherever_a_replace_is_cut_its_rows_are_there_once() throws Exception {
        everyCut(REPLACE, 3);
    }

    @Test
    void wherever_a_reload_is_cut_its_rows_are_there_once() throws Exception {
        everyCut(RELOAD, 3);
    }

    @Test
    void wherever_an_upsert_is_cut_its_rows_are_there_once() throws Exception {
        constraint = " primary key";
        everyCut(UPSERT, 3 + 2);
    }

    /** At every message one way of cutting, in turn; all of them with {@code -Ddagshell.faults=all}. */
    private void everyCut(Call2<String, Integer, Long> load, long expected) throws Exception {
        List<Fate> fates = List.of(Fate.CUT_BEFORE, Fate.CUT_AT_ONCE, Fate.CUT_AFTER_ANSWER);
        int message = 0;
        do {
            message++;
            List<Fate> now = "all".equals(System.getProperty("dagshell.faults"))
                    ? fates
                    : List.of(fates.get(message % fates.size()));
            for (Fate fate : now) {
                oneCut(message, fate, load, expected);
            }
        } while (!proxy.isArmed());
        assertThat(message).isGreaterThan(12);
    }

    private void oneCut(int at, Fate fate, Call2<String, Integer, Long> load, long expected) throws Exception {
        aTableOfTwoRows();
        proxy.cutOnce(message -> message.number() == at ? fate : Fate.PASS);
        assertThat(run(load, 3)).as("%s at message %d", fate, at).isEqualTo(3);
        assertThat(count("trips")).as("%s at message %d", fate, at).isEqualTo(expected);
        assertThat(FOUND.get(FOUND.size() - 1)).isIn(2L, expected);
    }

    @Test
    void a_connection_lost_while_loading_is_not_told_as_a_server_that_is_not_there() {
        proxy.cutOnce(message -> message.kind() == 'd' ? Fate.CUT_AT_ONCE : Fate.PASS);
        Call2<String, Integer, Long> once = Task.of(LostConnectionTest::append);

        assertThatThrownBy(() -> run(once, 100_000))
                .hasMessageContaining("Block 'db': PostgreSQL at 127.0.0.1:" + proxy.port())
                .hasMessageContaining("ended the connection before it could load table 'trips'");
    }
}
