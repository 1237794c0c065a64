package io.dagshell.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.json.JsonTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Blocks in an encrypted file of this machine. Read anew at each call, so that a running kernel sees what
 * {@code block set} changed. Several processes may change it at once: each change holds {@code blocks.lock}.
 *
 * <pre>{@code
 * LocalBlocks blocks = LocalBlocks.open(Home.ofEnvironment().blocks());
 * blocks.set(new BlockName("postgres-connector"), "postgres", Map.of("host", "localhost", "database", "ny_taxi"));
 * }</pre>
 */
public final class LocalBlocks implements BlockSource {
    private static final String COUNTER = "changes";
    private static final String BLOCKS = "blocks";
    private static final String VERSION = "version";
    private static final String SETTINGS = "settings";
    private static final Object CHANGING = new Object();

    private final SealedFile file;

    private LocalBlocks(SealedFile file) {
        this.file = file;
    }

    /** The blocks in {@code file}, which need not exist yet. */
    public static LocalBlocks open(Path file) {
        return new LocalBlocks(new SealedFile(file));
    }

    @Override
    public Optional<BlockSettings> find(BlockName name) {
        return Optional.ofNullable(all().get(name.value()));
    }

    @Override
    public SortedSet<BlockName> names() {
        SortedSet<BlockName> names = new TreeSet<>(BlockName.IN_ORDER);
        all().keySet().forEach(name -> names.add(new BlockName(name)));
        return names;
    }

    /** All blocks by name. */
    public SortedMap<String, BlockSettings> all() {
        return blocks(content());
    }

    /** Makes or replaces a block and answers what is kept; its version is higher than any before, of any block. */
    public BlockSettings set(BlockName name, String type, Map<String, String> fields) {
        ObjectNode changed = change(content -> {
            long version = content.path(COUNTER).asLong() + 1;
            content.put(COUNTER, version);
            ObjectNode block = content.withObjectProperty(BLOCKS).putObject(name.value());
            block.put(VERSION, version);
            block.set(SETTINGS, BlockJson.object(new BlockSettings(type, new TreeMap<>(fields), version)));
            return content;
        });
        return blocks(changed).getOrDefault(name.value(), BlockSettings.of(type, fields));
    }

    /** Whether there was such a block to remove. */
    public boolean remove(BlockName name) {
        boolean[] removed = {false};
        change(content -> {
            removed[0] = content.withObjectProperty(BLOCKS).remove(name.value()) != null;
            return content;
        });
        return removed[0];
    }

    private static SortedMap<String, BlockSettings> blocks(ObjectNode content) {
        SortedMap<String, BlockSettings> blocks = new TreeMap<>();
        for (Map.Entry<String, JsonNode> block : content.path(BLOCKS).properties()) {
            JsonNode kept = block.getValue();
            blocks.put(
                    block.getKey(),
                    BlockJson.settings(kept.path(SETTINGS), kept.path(VERSION).asLong()));
        }
        return blocks;
    }

    private ObjectNode content() {
        Optional<byte[]> bytes = file.read();
        if (bytes.isEmpty()) {
            return JsonTree.PLAIN.object();
        }
        try {
            return (ObjectNode) JsonTree.PLAIN.read(bytes.get());
        } catch (IOException | ClassCastException failure) {
            throw new BlocksFileException("The block file holds something else than blocks", failure);
        }
    }

    private ObjectNode change(UnaryOperator<ObjectNode> edit) {
        Path lockFile = file.beside(".lock");
        // A file lock is the process's: threads of one process wait here.
        synchronized (CHANGING) {
            try {
                Files.createDirectories(java.util.Objects.requireNonNull(lockFile.getParent()));
                Set<OpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                try (FileChannel channel = FileChannel.open(lockFile, options, SealedFile.privately(lockFile));
                        FileLock held = channel.lock()) {
                    ObjectNode changed = edit.apply(content());
                    if (held.isValid()) {
                        file.write(JsonTree.PLAIN.bytes(changed));
                    }
                    return changed;
                }
            } catch (IOException failure) {
                throw new BlocksFileException(
                        "The blocks beside " + lockFile + " cannot be changed: " + failure, failure);
            }
        }
    }
}
