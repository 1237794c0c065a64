package io.dagshell.server.api;

import io.dagshell.store.Database;
import io.dagshell.store.TestDatabases;

class PostgresEditingTest extends EditingContract {
    @Override
    Database open() {
        return Database.at(TestDatabases.postgres());
    }
}
