package io.dagshell.store.access;

import io.dagshell.store.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteAccessTest extends AccessContract {
    @TempDir
    Path folder;

    @Override
    Database open() {
        return Database.file(folder.resolve("dagshell.db"));
    }
}
