package io.dagshell.engine.block;

import java.util.Optional;

/** Port: where settings of blocks come from. Thread-safe. */
public interface BlockSource {

    Optional<BlockSettings> find(BlockName name);

    /** Asks this source first, then {@code other}: the run's own binding, then the environment, then the local file. */
    default BlockSource orElse(BlockSource other) {
        return name -> find(name).or(() -> other.find(name));
    }

    static BlockSource none() {
        return name -> Optional.empty();
    }
}
