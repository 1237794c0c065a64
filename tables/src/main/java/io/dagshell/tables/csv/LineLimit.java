package io.dagshell.tables.csv;

import io.dagshell.tables.TableFileException;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Refuses lines that would fill the memory: a file that is one JSON array has but one. One thread. */
final class LineLimit extends FilterReader {
    /** Of a line, in UTF-16 units. */
    static final int CHARACTERS = 64 << 20;

    private final String name;
    private final int limit;
    private long line = 1;
    private long length;

    /**
     * @param name of the file, for the message
     * @param limit of a line, in UTF-16 units
     */
    LineLimit(Reader in, String name, int limit) {
        super(in);
        this.name = name;
        this.limit = limit;
    }

    @Override
    public int read(char[] buffer, int offset, int count) throws IOException {
        int read = super.read(buffer, offset, count);
        for (int i = offset; i < offset + read; i++) {
            if (buffer[i] == '\n') {
                line++;
                length = 0;
            } else if (++length > limit) {
                throw new TableFileException(
                        name,
                        line,
                        null,
                        "more than %,d characters on one line; each object stands on a line of its own, and a file"
                                        .formatted(limit)
                                + " that is one JSON array has to be split (jq -c '.[]')",
                        null);
            }
        }
        return read;
    }
}
