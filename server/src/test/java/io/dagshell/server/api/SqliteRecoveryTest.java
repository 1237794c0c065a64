package io.dagshell.server.api;

import io.dagshell.store.Database;

class SqliteRecoveryTest extends RecoveryContract {
    @Override
    Database open() {
        return Database.file(folder.resolve("dagshell.db"));
    }
}
