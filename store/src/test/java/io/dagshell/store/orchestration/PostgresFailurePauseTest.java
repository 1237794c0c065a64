package io.dagshell.store.orchestration;

import io.dagshell.store.Database;
import io.dagshell.store.TestDatabases;

class PostgresFailurePauseTest extends FailurePauseContract {
    @Override
    Database open() {
        return Database.at(TestDatabases.postgres());
    }
}
