package io.dagshell.server.deploy;

import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.block.BlockType;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The blocks a flow names, and those that these name, such as credentials. */
public final class NeededBlocks {
    private static final List<BlockType> TYPES =
            ServiceLoader.load(BlockType.class, NeededBlocks.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();

    private final SortedMap<String, BlockSettings> found = new TreeMap<>();
    private final SortedSet<String> missing = new TreeSet<>();

    private NeededBlocks() {}

    /** @throws IllegalArgumentException what should be a name of a block is none */
    public static NeededBlocks of(Collection<String> names, BlockSource blocks) {
        NeededBlocks needed = new NeededBlocks();
        Deque<String> open = new ArrayDeque<>(names);
        while (!open.isEmpty()) {
            String name = open.pop();
            Optional<BlockSettings> settings = blocks.find(new BlockName(name));
            if (settings.isEmpty()) {
                needed.missing.add(name);
            } else if (needed.found.put(name, settings.get()) == null) {
                used(settings.get()).ifPresent(other -> open.push(other.value()));
            }
        }
        return needed;
    }

    private static Optional<BlockName> used(BlockSettings settings) {
        return TYPES.stream()
                .filter(type -> type.name().equals(settings.type()))
                .findFirst()
                .flatMap(type -> type.uses(settings));
    }

    /** By name. */
    public SortedMap<String, BlockSettings> found() {
        return found;
    }

    /** Names of which there is none. */
    public SortedSet<String> missing() {
        return missing;
    }
}
