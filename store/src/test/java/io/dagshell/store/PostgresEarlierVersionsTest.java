package io.dagshell.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class PostgresEarlierVersionsTest extends EarlierVersionsContract {
    @Override
    String address() {
        return TestDatabases.postgres();
    }

    @Override
    String otherAddress() {
        return folder.resolve("dagshell.db").toString();
    }

    @Override
    int runsOfFormer(String address, String former) throws SQLException {
        try (Database database = Database.at(address);
                Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*) from " + former.replaceFirst("^the schema ", "") + ".runs")) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void a_database_that_a_server_uses_is_not_replaced() throws Exception {
        String address = address();
        try (Database database = Database.at(address);
                Database server = Database.at(address)) {
            EarlierRows.make(database, Database.newest());
            try (Connection used = server.connect()) {
                assertThat(used.isValid(5)).isTrue();
                assertThatThrownBy(() -> RestoredDatabase.begin(database, Database.newest()))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("connections of DagShell's servers are open to it; stop them first");
            }
            RowsReadBack.check(database, Database.newest());
        }
    }
}
