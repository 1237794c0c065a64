package io.dagshell.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.store.Database;
import io.dagshell.store.WatchedDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** By the plans of all statements, whose names of tables are looked up. */
class SqliteLargeStoreTest extends LargeStoreContract {
    /**
     * An index of the runs that wait or go on, or of the messages that wait, is as small as they are few; the latest
     * messages are the first of their index.
     */
    private static final Pattern SMALL_INDEX = Pattern.compile(
            ".* INDEX (flow_runs_(waiting|active|leased)\\w*|runs_going|alert_messages_(due|by_time)|schedules_by_next).*");

    private @Nullable WatchedDatabase watched;

    @Override
    Database open() {
        WatchedDatabase opened = new WatchedDatabase(folder.resolve("dagshell.db"));
        watched = opened;
        return opened.database();
    }

    private Set<String> statements() {
        return Objects.requireNonNull(watched).statements();
    }

    @Override
    void watch() {
        statements().clear();
    }

    @Override
    List<String> wholeTables() throws SQLException {
        Set<String> statements = new TreeSet<>(statements());
        List<String> bad = new ArrayList<>();
        int explained = 0;
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                if (!sql.strip().toLowerCase(Locale.ROOT).matches("(?s)(select|with)\\b.*")) {
                    continue;
                }
                explained++;
                try (ResultSet step = statement.executeQuery("explain query plan " + sql)) {
                    while (step.next()) {
                        String detail = step.getString("detail");
                        if (isWhole(detail, sql) && !SMALL_INDEX.matcher(detail).matches()) {
                            bad.add(detail + " in " + sql);
                        }
                    }
                }
            }
        }
        assertThat(explained).isGreaterThan(30);
        return bad;
    }

    /** A scan of a large table, by its name or the short one it has in the statement. */
    private static boolean isWhole(String detail, String sql) {
        if (!detail.startsWith("SCAN ")) {
            return false;
        }
        String name = detail.split(" ")[1];
        return LARGE.stream()
                .anyMatch(table -> name.equals(table)
                        || Pattern.compile("\\b" + table + "\\s+(as\\s+)?" + Pattern.quote(name) + "\\b")
                                .matcher(sql)
                                .find());
    }
}
