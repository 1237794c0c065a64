package io.dagshell.blocks;

import io.dagshell.blocks.cloud.CloudException;
import io.dagshell.blocks.cloud.CloudLibraries;
import io.dagshell.blocks.cloud.GoogleAccess;
import io.dagshell.blocks.cloud.ObjectStore;
import io.dagshell.blocks.cloud.StoredObject;
import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.run.Call;
import io.dagshell.engine.run.Engine;
import io.dagshell.tables.ParquetCompression;
import io.dagshell.tables.RemoteFiles;
import io.dagshell.tables.TableStream;
import io.dagshell.tables.Tables;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tech.tablesaw.api.Table;

/**
 * A bucket of Google Cloud Storage. An object appears when all of it is there; uploads are resumed and retried with backoff,
 * and checked by checksum both ways. Immutable; every use opens a client of its own. Names are as Google has them:
 * {@code data/yellow/yellow_tripdata_2021-01.parquet}.
 */
public final class GcsBlock {
    private final String name;
    private final String bucket;
    private final GoogleAccess access;

    GcsBlock(String name, String bucket, GoogleAccess access) {
        this.name = name;
        this.bucket = bucket;
        this.access = access;
    }

    /** The bucket's name. */
    public String bucket() {
        return bucket;
    }

    /** {@code gs://bucket/object}, whether it is there or not. */
    public URI uri(String object) {
        return new StoredObject(bucket, object, 0, 0, "", Instant.EPOCH).uri();
    }

    /** Puts a file's content under {@code object}, over what was there; its address. */
    public URI upload(Path file, String object) {
        return use("upload " + object, (store, watch) -> store.put(file, object, watch))
                .uri();
    }

    /**
     * Puts a table there, as the object's name says: csv ({@code .csv}, {@code .tsv}) or JSON lines ({@code .jsonl}, {@code
     * .ndjson}), packed with {@code .gz} behind, else Parquet packed with snappy; its address.
     */
    public URI upload(Table table, String object) throws IOException {
        return written(
                file -> {
                    switch (Form.of(object)) {
                        case CSV -> Tables.writeCsv(table, file);
                        case JSON_LINES -> Tables.writeJsonLines(table, file);
                        case PARQUET -> Tables.writeParquet(table, file, ParquetCompression.SNAPPY);
                    }
                },
                object);
    }

    /** Puts the rows of a stream there as one file, as {@link #upload(Table, String)} does; its address. */
    public URI upload(TableStream stream, String object) throws IOException {
        return written(
                file -> {
                    switch (Form.of(object)) {
                        case CSV -> Tables.writeCsv(stream, file);
                        case JSON_LINES -> Tables.writeJsonLines(stream, file);
                        case PARQUET -> Tables.writeParquet(stream, file, ParquetCompression.SNAPPY);
                    }
                },
                object);
    }

    /** What an object's name says of its content. */
    private enum Form {
        CSV,
        JSON_LINES,
        PARQUET;

        private static final Pattern ENDING = Pattern.compile("(\\.csv|\\.tsv|\\.jsonl|\\.ndjson)(\\.gz)?$");

        /** The ending of a name, packing included; empty if it means nothing here. */
        static String ending(String object) {
            Matcher ending = ENDING.matcher(object.toLowerCase(Locale.ROOT));
            return ending.find() ? ending.group() : "";
        }

        static Form of(String object) {
            String ending = ending(object);
            if (ending.isEmpty()) {
                return PARQUET;
            }
            return ending.startsWith(".j") || ending.startsWith(".n") ? JSON_LINES : CSV;
        }
    }

    private interface Writing {
        void to(Path file) throws IOException;
    }

    private URI written(Writing writing, String object) throws IOException {
        Path folder = Files.createTempDirectory("dagshell-gcs");
        // not the object's own name, which may be longer than a file's
        Path file = folder.resolve("table" + Form.ending(object));
        try {
            writing.to(file);
            return upload(file, object);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    /** Fetches an object into a file, over what was there; the file. Folders are made. */
    public Path download(String object, Path file) {
        use("download " + object, (store, watch) -> store.get(object, file, watch));
        return file;
    }

    /** A Parquet object as a table. */
    public Table readParquet(String object) throws IOException {
        Path folder = Files.createTempDirectory("dagshell-gcs");
        Path file = folder.resolve(object.substring(object.lastIndexOf('/') + 1));
        try {
            return Tables.readParquet(download(object, file));
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    /**
     * The address at which {@link Tables} reads and writes an object with this block's credentials: {@code
     * Tables.readCsv(gcs("de-gcs").address("data/trips.csv.gz"))}.
     */
    public String address(String object) {
        return "gcs:" + name + "/" + object;
    }

    RemoteFiles.RemoteFile file(String object) {
        return BucketFiles.file(access, bucket, object);
    }

    /** Objects whose name starts with {@code prefix}, by name. */
    public List<StoredObject> list(String prefix) {
        return use("list " + prefix, (store, watch) -> store.list(prefix));
    }

    public boolean exists(String object) {
        return use("look for " + object, (store, watch) -> store.find(object)).isPresent();
    }

    /** Whether there was one. */
    public boolean delete(String object) {
        return use("delete " + object, (store, watch) -> store.delete(object));
    }

    private interface Use<T> {
        T of(ObjectStore store, ObjectStore.Watch watch) throws CloudException;
    }

    private <T> T use(String what, Use<T> use) {
        Call call = Engine.current();
        ObjectStore.Watch watch = (bytes, total) -> {
            call.cancellation().check();
            call.progress().report(bytes, total, "bytes");
        };
        try (ObjectStore store = CloudLibraries.services().bucket(access, bucket)) {
            return use.of(store, watch);
        } catch (CloudException refused) {
            throw new BlockException(
                    refused.ofUser() ? FailureKind.USER : FailureKind.RESOURCE,
                    "Block '" + name + "': Google Cloud Storage could not " + what + ": it " + refused.getMessage()
                            + ".",
                    refused);
        }
    }

    @Override
    public String toString() {
        return "gs://" + bucket;
    }
}
