package io.dagshell.server.api;

import io.dagshell.server.TestDatabases;
import io.dagshell.store.Database;

class PostgresRecoveryTest extends RecoveryContract {
    @Override
    Database open() {
        return Database.at(TestDatabases.postgres());
    }
}
