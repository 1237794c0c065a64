package io.dagshell.engine.block;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings of one block. {@link #toString} shows names of settings only, never values: some are secrets.
 *
 * @param type the block type's name: {@code postgres}, {@code gcs}, {@code bigquery}, {@code secret}
 * @param fields setting to value, as text
 * @param version rises at each {@code block set}; part of keys where a secret is
 */
public record BlockSettings(String type, SortedMap<String, String> fields, long version) {
    public BlockSettings {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    public static BlockSettings of(String type, Map<String, String> fields) {
        return new BlockSettings(type, new TreeMap<>(fields), 1);
    }

    @Override
    public String toString() {
        return "BlockSettings[" + type + " " + fields.keySet() + " version " + version + "]";
    }
}
