package io.dagshell.blocks;

import java.util.List;

/**
 * What a load does to the rows that are there.
 *
 * @param table name, with its schema if not the first one
 * @param kind of load
 * @param key columns that name a row, for {@link Kind#UPSERT}
 */
record LoadWay(String table, Kind kind, List<String> key) {
    enum Kind {
        APPEND,
        REPLACE,
        RELOAD,
        UPSERT
    }

    LoadWay {
        key = List.copyOf(key);
    }

    static LoadWay of(String table, Kind kind) {
        return new LoadWay(table, kind, List.of());
    }

    static LoadWay upsert(String table, List<String> key) {
        if (key.isEmpty()) {
            throw BlockException.user("An upsert into '" + table + "' needs the columns that name a row:" + " upsert(\""
                    + table + "\", data, \"id\").");
        }
        return new LoadWay(table, Kind.UPSERT, key);
    }
}
