package io.dagshell.server.api;

import io.dagshell.store.Database;
import io.dagshell.store.TestDatabases;

class PostgresSchedulingTest extends SchedulingContract {
    @Override
    Database open() {
        return Database.at(TestDatabases.postgres());
    }
}
