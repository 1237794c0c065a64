package io.dagshell.store.orchestration;

import io.dagshell.store.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteRetryTest extends RetryContract {
    @TempDir
    Path folder;

    @Override
    Database open() {
        return Database.file(folder.resolve("dagshell.db"));
    }
}
