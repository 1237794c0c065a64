package io.dagshell.store.orchestration;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteKillTest extends KillContract {
    @TempDir
    Path folder;

    @Override
    String address() {
        return folder.resolve("dagshell.db").toString();
    }
}
