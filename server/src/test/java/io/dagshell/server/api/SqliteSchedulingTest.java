package io.dagshell.server.api;

import io.dagshell.store.Database;

class SqliteSchedulingTest extends SchedulingContract {
    @Override
    Database open() {
        return Database.file(folder.resolve("dagshell.db"));
    }
}
