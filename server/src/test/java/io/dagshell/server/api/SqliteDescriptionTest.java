package io.dagshell.server.api;

import io.dagshell.store.Database;

class SqliteDescriptionTest extends DescriptionContract {
    @Override
    Database open() {
        return Database.file(folder.resolve("dagshell.db"));
    }
}
