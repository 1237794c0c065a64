package io.dagshell.store.orchestration;

import io.dagshell.store.Database;
import io.dagshell.store.TestDatabases;

class PostgresAlertTest extends AlertContract {
    @Override
    Database open() {
        return Database.at(TestDatabases.postgres());
    }
}
