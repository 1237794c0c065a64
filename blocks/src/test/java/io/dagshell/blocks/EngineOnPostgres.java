package io.dagshell.blocks;

import io.dagshell.engine.Work;
import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.model.Definitions;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.run.Engine;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An engine whose one block, {@code db}, is a real PostgreSQL. */
final class EngineOnPostgres {
    private EngineOnPostgres() {}

    static Engine engine(EmbeddedPostgres database) {
        Map<String, String> fields = Map.of(
                "host", "127.0.0.1", "port", "" + database.getPort(), "database", "postgres", "user", "postgres");
        return engine(fields);
    }

    static Engine engine(Map<String, String> fields) {
        return Engine.builder()
                .definitions(new NoDefinitions())
                .blocks(name -> name.value().equals("db")
                        ? Optional.of(BlockSettings.of("postgres", fields))
                        : Optional.empty())
                .build();
    }

    static <R> R within(EmbeddedPostgres database, Work<R> work) throws Exception {
        try (Engine engine = engine(database)) {
            return engine.within(work);
        }
    }

    /** There is nothing to call here but blocks. */
    private static final class NoDefinitions implements Definitions {
        @Override
        public TaskDefinition at(Class<?> site, TaskName name) {
            throw new IllegalStateException("no task " + name);
        }

        @Override
        public Optional<TaskDefinition> named(TaskName name) {
            return Optional.empty();
        }

        @Override
        public Collection<TaskDefinition> all() {
            return List.of();
        }
    }
}
