package io.dagshell.tables.csv;

import io.dagshell.tables.TableFileException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The characters of a source. A thread of its own unpacks and decodes a few blocks ahead of the reader, so that a second
 * core is used; closing stops it. Read by one thread.
 */
final class ReadAhead extends Reader {
    /**
     * Comes alone on a line after the last one. FastCSV takes a quote that is open at the end for closed; with this mark
     * the difference shows, because then the mark is inside the quote. A noncharacter of Unicode.
     */
    static final char END_MARK = '\uFFFF';

    private static final int BLOCK = 1 << 16;
    private static final int BLOCKS = 6;
    private static final Block END = new Block(new char[0], 0, null);

    private record Block(char[] text, int length, @Nullable IOException failure) {}

    private final String name;
    private final CountedBytes bytes;
    private final Reader decoded;
    private final boolean packed;
    private final BlockingQueue<Block> full = new ArrayBlockingQueue<>(BLOCKS + 2);
    private final BlockingQueue<char[]> empty = new ArrayBlockingQueue<>(BLOCKS + 2);
    private final Thread worker;
    private Block current = new Block(new char[BLOCK], 0, null);
    private int position;
    private volatile boolean closed;

    private ReadAhead(String name, CountedBytes bytes, Charset charset) throws IOException {
        this.name = name;
        this.bytes = bytes;
        BufferedInputStream start = new BufferedInputStream(bytes, BLOCK);
        packed = isGzip(start);
        InputStream plain = packed ? new GZIPInputStream(start, BLOCK) : start;
        decoded = new InputStreamReader(
                plain,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        for (int i = 0; i < BLOCKS; i++) {
            empty.add(new char[BLOCK]);
        }
        worker = new Thread(this::work, "dagshell-csv " + name);
        worker.setDaemon(true);
    }

    static ReadAhead open(Source source, Charset charset) throws IOException {
        Source.Opened opened = source.open();
        CountedBytes bytes = new CountedBytes(opened.bytes(), opened.length());
        try {
            ReadAhead reader = new ReadAhead(source.name(), bytes, charset);
            reader.worker.start();
            return reader;
        } catch (IOException unreadable) {
            bytes.close();
            throw explain(source.name(), bytes, true, unreadable);
        }
    }

    /** Bytes of the source used so far. */
    long consumed() {
        return bytes.count();
    }

    /** Bytes of the source in all, or -1 if unknown. */
    long expected() {
        return bytes.expected();
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (position == current.length() && !advance()) {
            return -1;
        }
        int count = Math.min(length, current.length() - position);
        System.arraycopy(current.text(), position, target, offset, count);
        position += count;
        return count;
    }

    private boolean advance() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        if (current == END) {
            return false;
        }
        try {
            if (current.text().length == BLOCK) {
                empty.put(current.text());
            }
            current = full.take();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading " + name);
        }
        position = 0;
        if (current.failure() != null) {
            IOException failure = current.failure();
            // Made on the reading thread; whoever reads its trace looks for the code that wanted the text.
            failure.fillInStackTrace();
            throw failure;
        }
        return current != END;
    }

    private void work() {
        char last = 0;
        try (decoded) {
            while (!closed) {
                char[] text = empty.take();
                int length = fill(text);
                if (length == 0) {
                    char[] mark = endMark(last);
                    full.put(new Block(mark, mark.length, null));
                    break;
                }
                last = text[length - 1];
                full.put(new Block(text, length, null));
            }
            full.put(END);
        } catch (IOException | RuntimeException failure) {
            IOException told = failure instanceof IOException known ? known : new IOException(failure);
            // Room is certain: there are fewer blocks than places in the queue.
            full.add(new Block(new char[0], 0, explain(told)));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static char[] endMark(char last) {
        return last == '\n' || last == '\r' || last == 0 ? new char[] {END_MARK} : new char[] {'\n', END_MARK};
    }

    private int fill(char[] text) throws IOException {
        int length = 0;
        while (length < text.length) {
            int got = decoded.read(text, length, text.length - length);
            if (got < 0) {
                break;
            }
            length += got;
        }
        return length;
    }

    /** Ends the thread and closes the source, wherever they are. */
    @Override
    public void close() throws IOException {
        closed = true;
        worker.interrupt();
        bytes.close();
    }

    private static boolean isGzip(BufferedInputStream start) throws IOException {
        start.mark(2);
        boolean gzip = start.read() == 0x1f && start.read() == 0x8b;
        start.reset();
        return gzip;
    }

    private IOException explain(IOException problem) {
        return explain(name, bytes, packed, problem);
    }

    private static IOException explain(String name, CountedBytes bytes, boolean packed, IOException problem) {
        if (problem instanceof TableFileException) {
            return problem;
        }
        if (problem instanceof EOFException) {
            String detail = problem.getMessage() == null ? "" : " (" + problem.getMessage() + ")";
            return new TableFileException(
                    name, (packed ? "the gzip file is truncated" : "the file is truncated") + detail, problem);
        }
        if (problem instanceof ZipException) {
            return new TableFileException(name, "the gzip file is damaged (" + problem.getMessage() + ")", problem);
        }
        if (problem instanceof CharacterCodingException) {
            return new TableFileException(
                    name, "is not in the expected charset; give it with CsvOptions.withCharset(..)", problem);
        }
        if (bytes.count() < bytes.expected()) {
            return new TableFileException(
                    name,
                    "truncated: it ended after " + bytes.count() + " of " + bytes.expected() + " bytes ("
                            + problem.getMessage() + ")",
                    problem);
        }
        return new TableFileException(name, "cannot be read: " + problem.getMessage(), problem);
    }
}
