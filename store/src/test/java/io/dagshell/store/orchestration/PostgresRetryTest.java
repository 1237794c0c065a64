package io.dagshell.store.orchestration;

import io.dagshell.store.Database;
import io.dagshell.store.TestDatabases;

class PostgresRetryTest extends RetryContract {
    @Override
    Database open() {
        return Database.at(TestDatabases.postgres());
    }
}
