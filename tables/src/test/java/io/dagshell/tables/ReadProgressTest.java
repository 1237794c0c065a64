package io.dagshell.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.Call1;
import io.dagshell.engine.Task;
import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.event.RunEvent.LogLine;
import io.dagshell.engine.event.RunEvent.Progressed;
import io.dagshell.engine.run.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class ReadProgressTest {
    private static final Call1<Path, Table> READ = Task.of(ReadProgressTest::read);

    @TempDir
    Path folder;

    private final List<RunEvent> events = new CopyOnWriteArrayList<>();

    private static Table read(Path file) {
        Schema types = Tables.schema().integer("n").build();
        try {
            return file.toString().endsWith(".csv")
                    ? Tables.readCsv(
                            file, CsvOptions.defaults().withSchema(types).withBadRows(BadRows.SKIP))
                    : Tables.readJsonLines(
                            file, JsonLinesOptions.defaults().withSchema(types).withBadRows(BadRows.SKIP));
        } catch (IOException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    private <E extends RunEvent> Stream<E> told(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast);
    }

    private void run(Path file) throws Exception {
        events.clear();
        try (Engine engine = Engine.builder().sink(events::add).build()) {
            engine.within(() -> READ.call(file));
        }
    }

    @Test
    void a_read_tells_bytes_and_rows_and_how_many_it_skipped_while_it_goes_on() throws Exception {
        String bad = "x\n".repeat(3);
        Path csv = Files.writeString(folder.resolve("n.csv"), "n\n" + bad + "1\n".repeat(40_000) + "y\n");
        Path json = Files.writeString(
                folder.resolve("n.jsonl"),
                "{\"n\": \"x\"}\n".repeat(3) + "{\"n\": 1}\n".repeat(40_000) + "{\"n\": \"y\"}\n");

        for (Path file : List.of(csv, json)) {
            run(file);

            assertThat(told(Progressed.class).map(Progressed::unit))
                    .first()
                    .isEqualTo("bytes, 32,768 rows, 3 bad rows skipped");
            assertThat(told(Progressed.class)).last().satisfies(last -> {
                assertThat(last.unit()).isEqualTo("bytes, 40,000 rows, 4 bad rows skipped");
                assertThat(last.done()).isEqualTo(Files.size(file));
                assertThat(last.total()).hasValue(Files.size(file));
            });
            assertThat(told(LogLine.class).map(LogLine::text))
                    .singleElement()
                    .asString()
                    .startsWith("4 bad rows skipped; the first: " + file + ", line ");
        }
    }

    @Test
    void a_read_that_skips_nothing_says_nothing_of_it() throws Exception {
        run(Files.writeString(folder.resolve("n.csv"), "n\n1\n"));

        assertThat(told(Progressed.class).map(Progressed::unit)).containsExactly("bytes, 1 row");
        assertThat(told(LogLine.class)).isEmpty();
    }
}
