package io.dagshell.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.event.RunEvent.LogLine;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresHistoryTest extends RunHistoryContract {
    private final Database database = Database.at(TestDatabases.postgres());

    @Override
    RunStore open() {
        return RunStore.open(database);
    }

    @Override
    @AfterEach
    void end() {
        super.end();
        database.close();
    }

    @Test
    void a_line_with_a_character_the_database_refuses_does_not_stop_the_others() {
        RecordedRun told = RecordedRun.startedAt(RecordedRun.START);
        told.beginning().forEach(store::accept);
        store.accept(new LogLine(told.id, told.at(40), 2, "STDOUT", "a\0b", false));
        store.accept(new LogLine(told.id, told.at(41), 2, "STDOUT", "after", false));
        store.flush();

        assertThat(store.logs(told.id, 2, 10)).extracting(LogRecord::text).endsWith("a\uFFFDb", "after");
    }

    @Test
    void a_database_is_named_without_its_password() {
        assertThat(List.of(
                        Database.at("postgresql://me:secret@db.example:5433/runs?sslmode=require")
                                .place(),
                        Database.at("jdbc:postgresql://db.example/runs?user=me&password=secret")
                                .place()))
                .containsExactly("jdbc:postgresql://db.example:5433/runs", "jdbc:postgresql://db.example/runs");
    }
}
