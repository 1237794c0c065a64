package io.dagshell.blocks.cloud;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import tech.tablesaw.api.Table;

/** Port: tables of BigQuery. Thread-safe. */
public interface Warehouse extends AutoCloseable {

    /** What a load does with rows that are there. */
    enum Disposition {
        APPEND,
        TRUNCATE
    }

    /**
     * Where rows go.
     *
     * @param partitionedBy a date or time column by whose day a table that is made is partitioned; empty: not
     * @param key names the load: one with a key that was done is not done again
     */
    record Load(String dataset, String table, Disposition disposition, String partitionedBy, String key) {}

    /** Loads a Parquet file; rows loaded. */
    long load(Load load, Path parquet) throws CloudException;

    /** Loads Parquet objects of a bucket, all or none; rows loaded. */
    long load(Load load, List<URI> objects) throws CloudException;

    /** Takes rows of an answer, some at a time. */
    interface Rows {
        void take(Table chunk);
    }

    /** Runs a query; there is at least one chunk. */
    void query(String sql, int chunkRows, Rows rows) throws CloudException;

    /** Project and location of the dataset, if it is there and may be used. */
    String place(String dataset) throws CloudException;

    /** Stops what runs. */
    void cancel();

    @Override
    void close();
}
