package io.dagshell.store.orchestration;

import io.dagshell.store.TestDatabases;

class PostgresKillTest extends KillContract {
    private final String address = TestDatabases.postgres();

    @Override
    String address() {
        return address;
    }
}
