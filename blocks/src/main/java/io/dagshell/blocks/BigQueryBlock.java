package io.dagshell.blocks;

import io.dagshell.blocks.cloud.CloudException;
import io.dagshell.blocks.cloud.CloudLibraries;
import io.dagshell.blocks.cloud.GoogleAccess;
import io.dagshell.blocks.cloud.Warehouse;
import io.dagshell.blocks.cloud.Warehouse.Disposition;
import io.dagshell.blocks.cloud.Warehouse.Load;
import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.run.Call;
import io.dagshell.engine.run.Cancellation;
import io.dagshell.engine.run.Engine;
import io.dagshell.tables.ParquetCompression;
import io.dagshell.tables.TableStream;
import io.dagshell.tables.Tables;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import tech.tablesaw.api.Table;

/**
 * Tables of Google BigQuery. Every load is a job whose id is made of the run, the call's path and the chunk: a load that a
 * retry repeats after its acknowledgement was lost is found, not done twice. A table's name may have its data set before it,
 * {@code trips_data_all.yellow_taxi_trips}. Immutable; every use opens a client of its own.
 */
public final class BigQueryBlock {
    /** Rows of one load job of a table at hand. */
    private static final int CHUNK = 500_000;

    private static final int QUERY_CHUNK = 50_000;

    private final String name;
    private final String dataset;
    private final String location;
    private final GoogleAccess access;
    private final String partitionedBy;

    BigQueryBlock(String name, String dataset, String location, GoogleAccess access, String partitionedBy) {
        this.name = name;
        this.dataset = dataset;
        this.location = location;
        this.access = access;
        this.partitionedBy = partitionedBy;
    }

    /** The same; tables that loads make are partitioned by the day of this column. */
    public BigQueryBlock partitionedBy(String column) {
        return new BigQueryBlock(name, dataset, location, access, column);
    }

    /** Adds the rows in loads of 500,000; the table is made if it is not there. Answers the rows loaded. */
    public long append(String table, Table data) throws IOException {
        return loadChunks(table, Disposition.APPEND, taker -> {
            for (int from = 0; from == 0 || from < data.rowCount(); from += CHUNK) {
                int end = Math.min(data.rowCount(), from + CHUNK);
                taker.take(from == 0 && end == data.rowCount() ? data : data.inRange(from, end));
            }
        });
    }

    /** Adds the rows of a stream, one load a chunk. */
    public long append(String table, TableStream data) throws IOException {
        return loadChunks(table, Disposition.APPEND, data::forEach);
    }

    /** Adds the rows of Parquet objects of a bucket in one load, all or none: {@code append("trips", gcs("de-gcs").uri("…"))}. */
    public long append(String table, URI... objects) {
        return loadObjects(table, Disposition.APPEND, List.of(objects));
    }

    /** Puts the rows of Parquet objects in place of the table's, in one step. */
    public long replace(String table, URI... objects) {
        return loadObjects(table, Disposition.TRUNCATE, List.of(objects));
    }

    /** Puts the rows in place of the table's, in one step. */
    public long replace(String table, Table data) throws IOException {
        return loadChunks(table, Disposition.TRUNCATE, taker -> taker.take(data));
    }

    /** The answer to a query. */
    public Table query(String sql) {
        Table[] all = new Table[1];
        query(sql, chunk -> {
            if (all[0] == null) {
                all[0] = chunk;
            } else {
                all[0].append(chunk);
            }
        });
        return all[0];
    }

    /** The answer to a query in chunks of 50,000 rows, of which there is at least one. */
    public void query(String sql, Consumer<Table> taker) {
        use("answer the query", (warehouse, call) -> {
            long[] rows = new long[1];
            warehouse.query(sql, QUERY_CHUNK, chunk -> {
                call.cancellation().check();
                taker.accept(chunk);
                rows[0] += chunk.rowCount();
                call.progress().report(rows[0], -1, "rows");
            });
            return rows[0];
        });
    }

    /** Rows of a table. */
    public long count(String table) {
        Table answer = query("select count(*) as n from " + quoted(table));
        return ((Number) answer.column(0).get(0)).longValue();
    }

    private String quoted(String table) {
        String[] parts = parts(table);
        return "`" + parts[0].replace("`", "") + "`.`" + parts[1].replace("`", "") + "`";
    }

    private String[] parts(String table) {
        String[] parts = table.split("\\.", -1);
        if (parts.length > 2 || table.isBlank()) {
            throw BlockException.user("Block '" + name + "': a table is TABLE or DATASET.TABLE, not '" + table + "'.");
        }
        return parts.length == 2 ? parts : new String[] {dataset, table};
    }

    private long loadObjects(String table, Disposition disposition, List<URI> objects) {
        String[] parts = parts(table);
        for (URI object : objects) {
            if (!"gs".equals(object.getScheme())) {
                throw BlockException.user("Block '" + name + "': BigQuery loads gs:// addresses, not " + object
                        + "; read it with Tables and append the table.");
            }
        }
        return use("load " + table, (warehouse, call) -> {
            Load load = new Load(parts[0], parts[1], disposition, partitionedBy, key(call, call.nextEffect(), 0));
            return warehouse.load(load, objects);
        });
    }

    private interface Chunks {
        void into(TableStream.Taker<IOException> taker) throws IOException;
    }

    /** A chunk is on disk as Parquet only while it is loaded. */
    private long loadChunks(String table, Disposition first, Chunks chunks) throws IOException {
        String[] parts = parts(table);
        Path folder = Files.createTempDirectory("dagshell-bigquery");
        Path file = folder.resolve("chunk.parquet");
        try {
            int effect = Engine.current().nextEffect();
            long[] loaded = new long[2];
            chunks.into(chunk -> {
                Tables.writeParquet(chunk, file, ParquetCompression.SNAPPY);
                Disposition disposition = loaded[1] == 0 ? first : Disposition.APPEND;
                loaded[0] += use(
                        "load " + table,
                        (warehouse, call) -> warehouse.load(
                                new Load(parts[0], parts[1], disposition, partitionedBy, key(call, effect, loaded[1])),
                                file));
                loaded[1]++;
                Engine.current().progress().report(loaded[0], -1, "rows");
            });
            return loaded[0];
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    /** Names one load of one run for ever; outside a run each load is its own. */
    private static String key(Call call, int effect, long chunk) {
        return call.path().value().isEmpty()
                ? UUID.randomUUID().toString()
                : call.effectRun() + "/" + call.path().value() + "/" + effect + "/" + chunk;
    }

    private interface Use<T> {
        T of(Warehouse warehouse, Call call) throws CloudException;
    }

    private <T> T use(String what, Use<T> use) {
        Call call = Engine.current();
        try (Warehouse warehouse = CloudLibraries.services().warehouse(access, location);
                Cancellation.Registration cancel = call.cancellation().onCancel(warehouse::cancel)) {
            call.cancellation().check();
            return use.of(warehouse, call);
        } catch (CloudException refused) {
            throw failed(what, refused);
        }
    }

    private BlockException failed(String what, CloudException refused) {
        return new BlockException(
                refused.ofUser() ? FailureKind.USER : FailureKind.RESOURCE,
                "Block '" + name + "': BigQuery could not " + what + ": it " + refused.getMessage() + ".",
                refused);
    }

    @Override
    public String toString() {
        return "bigquery " + dataset;
    }
}
