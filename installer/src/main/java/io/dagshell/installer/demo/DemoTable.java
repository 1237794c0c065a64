package io.dagshell.installer.demo;

import io.dagshell.blocks.Blocks;
import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.model.Definitions;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.run.Engine;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Asks the demo's database itself what arrived. */
final class DemoTable {

    private DemoTable() {}

    static long rows(BlockSource blocks, BlockName block, String table) throws Exception {
        try (Engine engine =
                Engine.builder().definitions(new NoDefinitions()).blocks(blocks).build()) {
            return engine.within(() -> Blocks.postgres(block.value()).count(table));
        }
    }

    /** There is nothing to call here but a block. */
    private static final class NoDefinitions implements Definitions {
        @Override
        public TaskDefinition at(Class<?> site, TaskName name) {
            throw new IllegalStateException("no task " + name + " here");
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
