package io.dagshell.engine.block;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Port: where settings of blocks come from. Thread-safe. */
public interface BlockSource {

    Optional<BlockSettings> find(BlockName name);

    /** Names of blocks that are surely there, for whoever types one; a source may know more. */
    default SortedSet<BlockName> names() {
        return new TreeSet<>(BlockName.IN_ORDER);
    }

    /** What a person does so that there is such a block: a sentence for the error of a run that misses it. */
    default String howToMake(BlockName name, String type) {
        return "Set it with: dagshell block set " + name + " --type " + type + " …, or in " + name.environmentVariable()
                + ".";
    }

    /** Asks this source first, then {@code other}: the run's own binding, then the environment, then the local file. */
    default BlockSource orElse(BlockSource other) {
        BlockSource first = this;
        return new BlockSource() {
            @Override
            public Optional<BlockSettings> find(BlockName name) {
                return first.find(name).or(() -> other.find(name));
            }

            @Override
            public SortedSet<BlockName> names() {
                SortedSet<BlockName> all = new TreeSet<>(BlockName.IN_ORDER);
                all.addAll(first.names());
                all.addAll(other.names());
                return all;
            }

            @Override
            public String howToMake(BlockName name, String type) {
                return first.howToMake(name, type);
            }
        };
    }

    static BlockSource none() {
        return name -> Optional.empty();
    }
}
