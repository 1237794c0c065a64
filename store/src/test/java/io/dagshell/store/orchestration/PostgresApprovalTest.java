package io.dagshell.store.orchestration;

import io.dagshell.store.Database;
import io.dagshell.store.TestDatabases;

class PostgresApprovalTest extends ApprovalContract {
    @Override
    Database open() {
        return Database.at(TestDatabases.postgres());
    }
}
