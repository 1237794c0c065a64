package io.dagshell.engine.block;

import java.util.Comparator;

/** The name of a block: lower-case words joined by hyphens, such as {@code postgres-connector}. */
public record BlockName(String value) {
    /** By the alphabet. */
    public static final Comparator<BlockName> IN_ORDER = Comparator.comparing(BlockName::value);

    public BlockName {
        if (!value.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException(
                    "a block name is lower-case letters, digits and hyphens, not '" + value + "'");
        }
    }

    /** {@code DAGSHELL_BLOCK_POSTGRES_CONNECTOR}: the environment variable that may hold its settings. */
    public String environmentVariable() {
        return "DAGSHELL_BLOCK_" + value.toUpperCase(java.util.Locale.ROOT).replace('-', '_');
    }

    @Override
    public String toString() {
        return value;
    }
}
