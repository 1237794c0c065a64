package io.dagshell.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Databases as earlier versions left them: the tables of a version, and in them the rows that {@code earlier/V….sql} have of
 * it and of those before it.
 */
final class EarlierRows {
    private static final Pattern HEX = Pattern.compile("HEX\\(([0-9a-f]*)\\)");

    private EarlierRows() {}

    static void make(Database database, int version) throws SQLException {
        database.dialect().makePlace();
        Database.migrate(database.dialect(), version, null);
        for (int each : versions().stream().filter(one -> one <= version).toList()) {
            try (Connection connection = database.dialect().source().getConnection();
                    Statement statement = connection.createStatement()) {
                for (String sql : statements(each)) {
                    statement.execute(HEX.matcher(sql)
                            .replaceAll(found -> (database.isPostgres() ? "'\\\\x" : "x'") + found.group(1) + "'"));
                }
            }
        }
    }

    static List<Integer> versions() {
        return Database.VERSIONS.stream().map(Integer::valueOf).toList();
    }

    private static String[] statements(int version) {
        try (InputStream sql = EarlierRows.class.getResourceAsStream("earlier/V" + version + ".sql")) {
            return sql == null
                    ? new String[0]
                    : new String(sql.readAllBytes(), StandardCharsets.UTF_8)
                            .strip()
                            .split(";\n", -1);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
