package io.dagshell.tables.parquet;

import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;

/** What the library asks for to make column readers; only text comes through it. */
final class Converters extends GroupConverter {
    private final LeafReader[] readers;

    Converters(LeafReader[] readers) {
        this.readers = readers;
    }

    @Override
    public Converter getConverter(int field) {
        return readers[field] instanceof TextReader text ? text.converter() : new PrimitiveConverter() {};
    }

    @Override
    public void start() {
        // rows are not put together
    }

    @Override
    public void end() {
        // rows are not put together
    }
}
