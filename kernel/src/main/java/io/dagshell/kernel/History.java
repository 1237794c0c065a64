package io.dagshell.kernel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.kernel.protocol.Request;
import io.dagshell.kernel.protocol.Request.Access;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Cells of this session and of those before it. Thread-safe: all is done by a thread of its own, in the order it was
 * asked for. The file, which may hold ten thousand cells, is read when it is first needed; no cell waits for it.
 */
final class History implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 1_000;
    private static final int OUTPUT_LIMIT = 2_000;

    private final Optional<HistoryFile> file;
    private final Worker worker = new Worker("history");
    private final List<Entry> entries = new ArrayList<>();
    private int session;

    /** Kept in {@code file}, or in memory only. */
    History(Optional<Path> file) {
        this.file = file.map(HistoryFile::new);
    }

    /** A cell that ran. */
    record Entry(int session, int number, String code, Optional<String> output) {}

    void add(int number, String code, Optional<String> output) {
        Optional<String> kept = output.filter(text -> text.length() <= OUTPUT_LIMIT);
        worker.add(() -> keep(number, code, kept));
    }

    private void keep(int number, String code, Optional<String> output) {
        open();
        Entry entry = new Entry(session, number, code, output);
        entries.add(entry);
        file.ifPresent(to -> to.add(entry));
    }

    private void open() {
        if (session == 0) {
            HistoryFile.Opened opened =
                    file.map(HistoryFile::open).orElseGet(() -> new HistoryFile.Opened(1, List.of()));
            entries.addAll(opened.earlier());
            session = opened.session();
        }
    }

    ObjectNode answer(Request.History request) {
        ObjectNode content = KernelFacts.ok();
        ArrayNode history = content.putArray("history");
        for (Entry entry : inTurn(() -> find(request.access()))) {
            ArrayNode row = history.addArray().add(entry.session()).add(entry.number());
            if (request.output()) {
                ArrayNode pair = row.addArray().add(entry.code());
                entry.output().ifPresentOrElse(pair::add, pair::addNull);
            } else {
                row.add(entry.code());
            }
        }
        return content;
    }

    /** What the history's own thread finds, after the cells that were added before. */
    private List<Entry> inTurn(Callable<List<Entry>> question) {
        FutureTask<List<Entry>> answer = new FutureTask<>(question);
        worker.add(answer);
        try {
            return answer.get();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException defect) {
            throw new IllegalStateException("the history", defect.getCause());
        }
    }

    /** Waits a second at most for cells that are not in the file yet. */
    @Override
    public void close() {
        FutureTask<Boolean> written = new FutureTask<>(() -> true);
        worker.add(written);
        try {
            written.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            System.getLogger(History.class.getName()).log(Level.WARNING, "the last cells are not in the history", late);
        }
    }

    private List<Entry> find(Access access) {
        open();
        if (access instanceof Access.Tail tail) {
            return last(entries, tail.count());
        }
        if (access instanceof Access.Range range) {
            return range(range);
        }
        return search((Access.Search) access);
    }

    private List<Entry> range(Access.Range range) {
        int wanted = range.session() > 0 ? range.session() : session + range.session();
        int end = range.to().orElse(Integer.MAX_VALUE);
        return entries.stream()
                .filter(entry -> entry.session() == wanted && entry.number() >= range.from() && entry.number() < end)
                .toList();
    }

    private List<Entry> search(Access.Search search) {
        Pattern pattern = pattern(search.pattern());
        List<Entry> found = entries.stream()
                .filter(entry -> pattern.matcher(entry.code()).matches())
                .toList();
        if (search.unique()) {
            Map<String, Entry> latest = new LinkedHashMap<>();
            for (Entry entry : found) {
                latest.remove(entry.code());
                latest.put(entry.code(), entry);
            }
            found = List.copyOf(latest.values());
        }
        return last(found, search.count().orElse(found.size()));
    }

    /** As IPython's: * is any text, ? any character, and the whole cell must fit. */
    private static Pattern pattern(String glob) {
        StringBuilder expression = new StringBuilder();
        glob.codePoints()
                .forEach(c -> expression.append(
                        switch (c) {
                            case '*' -> ".*";
                            case '?' -> ".";
                            default -> Pattern.quote(Character.toString(c));
                        }));
        return Pattern.compile(expression.toString(), Pattern.DOTALL);
    }

    private static List<Entry> last(List<Entry> found, int count) {
        return List.copyOf(found.subList(Math.max(0, found.size() - Math.max(0, count)), found.size()));
    }
}
