package io.dagshell.store.orchestration;

import io.dagshell.store.Database;
import io.dagshell.store.TestDatabases;

class PostgresRunLimitTest extends RunLimitContract {
    @Override
    Database open() {
        return Database.at(TestDatabases.postgres());
    }
}
