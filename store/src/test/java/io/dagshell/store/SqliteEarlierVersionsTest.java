package io.dagshell.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;

class SqliteEarlierVersionsTest extends EarlierVersionsContract {
    @Override
    String address() {
        return folder.resolve("dagshell.db").toString();
    }

    @Override
    String otherAddress() {
        return TestDatabases.postgres();
    }

    @Override
    int runsOfFormer(String address, String former) throws SQLException {
        try (Database kept = Database.file(Path.of(former))) {
            return runs(kept);
        }
    }

    @AfterEach
    void nothing_half_made_is_left() throws Exception {
        assertThat(isClean(folder)).isTrue();
    }
}
