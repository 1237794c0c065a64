package io.dagshell.server.api;

import io.dagshell.store.Database;

class SqliteEditingTest extends EditingContract {
    @Override
    Database open() {
        return Database.file(folder.resolve("dagshell.db"));
    }
}
