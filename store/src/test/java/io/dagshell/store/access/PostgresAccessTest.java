package io.dagshell.store.access;

import io.dagshell.store.Database;
import io.dagshell.store.TestDatabases;

class PostgresAccessTest extends AccessContract {
    @Override
    Database open() {
        return Database.at(TestDatabases.postgres());
    }
}
