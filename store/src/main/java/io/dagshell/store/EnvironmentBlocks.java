package io.dagshell.store;

import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.block.BlockSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Blocks from environment variables: {@code DAGSHELL_BLOCK_POSTGRES_CONNECTOR} holds a JSON object with {@code type} and
 * the settings, or the address of a database ({@code postgresql://user@host/database}), or else the value of a secret.
 * The environment does not count changes: the version is always 1.
 */
public final class EnvironmentBlocks implements BlockSource {
    private static final Pattern VARIABLE = Pattern.compile("DAGSHELL_BLOCK_([A-Z0-9]+(?:_[A-Z0-9]+)*)");

    private final Map<String, String> environment;

    private EnvironmentBlocks(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Those of this process. */
    public static EnvironmentBlocks ofProcess() {
        return of(System.getenv());
    }

    public static EnvironmentBlocks of(Map<String, String> environment) {
        return new EnvironmentBlocks(environment);
    }

    @Override
    public Optional<BlockSettings> find(BlockName name) {
        String value = environment.get(name.environmentVariable());
        return value == null || value.isBlank() ? Optional.empty() : Optional.of(read(name, value.strip()));
    }

    @Override
    public SortedSet<BlockName> names() {
        SortedSet<BlockName> names = new TreeSet<>(BlockName.IN_ORDER);
        environment.keySet().stream()
                .map(VARIABLE::matcher)
                .filter(Matcher::matches)
                .map(found ->
                        new BlockName(found.group(1).toLowerCase(Locale.ROOT).replace('_', '-')))
                .forEach(names::add);
        return names;
    }

    private static BlockSettings read(BlockName name, String value) {
        if (value.startsWith("{")) {
            try {
                return BlockJson.parse(value, 1);
            } catch (IllegalArgumentException failure) {
                throw new BlocksFileException("The environment variable " + name.environmentVariable()
                        + " does not hold a block: " + failure.getMessage());
            }
        }
        return isDatabase(value)
                ? BlockSettings.of("postgres", Map.of("url", value))
                : BlockSettings.of("secret", Map.of("value", value));
    }

    private static boolean isDatabase(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return lower.startsWith("postgresql://")
                || lower.startsWith("postgres://")
                || lower.startsWith("jdbc:postgresql:");
    }
}
