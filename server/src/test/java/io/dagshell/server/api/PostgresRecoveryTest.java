package io.dagshell.server.api;

import io.dagshell.store.Database;
import io.dagshell.store.TestDatabases;

class PostgresRecoveryTest extends RecoveryContract {
    @Override
    Database open() {
        return Database.at(TestDatabases.postgres());
    }
}
