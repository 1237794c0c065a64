package io.dagshell.store.orchestration;

import io.dagshell.store.Database;
import io.dagshell.store.TestDatabases;

class PostgresBackfillTest extends BackfillContract {
    @Override
    Database open() {
        return Database.at(TestDatabases.postgres());
    }
}
