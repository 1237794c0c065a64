package io.dagshell.server.api;

import io.dagshell.server.TestDatabases;
import io.dagshell.store.Database;

class PostgresEditingTest extends EditingContract {
    @Override
    Database open() {
        return Database.at(TestDatabases.postgres());
    }
}
