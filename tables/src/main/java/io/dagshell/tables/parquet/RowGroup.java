package io.dagshell.tables.parquet;

import io.dagshell.tables.column.InParallel;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;

/**
 * Rows that become one row group: each column is encoded and packed on its own, side by side, into pages that stay in memory
 * until the group is written. Used by one thread.
 */
final class RowGroup {
    private final List<ColumnDescriptor> leaves;
    private final ColumnChunkPageWriteStore pages;
    private final ColumnWriteStore[] stores;
    private int rows;

    RowGroup(MessageType schema, CompressionCodecName codec, ParquetProperties properties, int ordinal) {
        leaves = schema.getColumns();
        Codecs codecs = new Codecs();
        pages = ColumnChunkPageWriteStore.builder()
                .withSchema(schema)
                .withCompressorProvider(leaf -> codecs.getCompressor(codec))
                .withAllocator(properties.getAllocator())
                .withColumnIndexTruncateLength(properties.getColumnIndexTruncateLength())
                .withPageWriteChecksumEnabled(properties.getPageWriteChecksumEnabled())
                .withRowGroupOrdinal(ordinal)
                .build();
        stores = schema.getFields().stream()
                .map(field -> properties.newColumnWriteStore(new MessageType(schema.getName(), field), pages, pages))
                .toArray(ColumnWriteStore[]::new);
    }

    int rows() {
        return rows;
    }

    void add(List<LeafWriter> cells, int from, int end) {
        InParallel.each(
                stores.length,
                i -> {
                    cells.get(i).write(from, end, leaves.get(i), stores[i]);
                    return stores[i];
                },
                ColumnWriteStore[]::new);
        rows += end - from;
    }

    void writeTo(ParquetFileWriter file) throws IOException {
        InParallel.each(
                stores.length,
                i -> {
                    stores[i].flush();
                    return stores[i];
                },
                ColumnWriteStore[]::new);
        file.startBlock(rows);
        pages.flushToFileWriter(file);
        file.endBlock();
        close();
    }

    void close() {
        Arrays.stream(stores).forEach(ColumnWriteStore::close);
        pages.close();
    }
}
