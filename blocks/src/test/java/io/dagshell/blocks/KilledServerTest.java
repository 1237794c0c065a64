package io.dagshell.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.Call1;
import io.dagshell.engine.Task;
import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.model.RetryRule;
import io.dagshell.engine.run.Engine;
import io.dagshell.tables.TableStream;
import io.dagshell.tables.Tables;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** The server dies in the middle of a load and comes back: the retry loads all, once. */
class KilledServerTest {
    private static final int ROWS = 30_000;
    private static final Call1<String, Long> APPEND = Task.of(
            KilledServerTest::append,
            header -> header.withRetry(RetryRule.of(3, Duration.ofMillis(200))).withEffect(true));

    @TempDir
    private static Path folder;

    private static final List<Integer> CHUNKS = new ArrayList<>();
    private static EmbeddedPostgres server;
    private static int attempts;

    @BeforeAll
    static void start() throws IOException {
        Tables.prepare();
        server = builder().start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static EmbeddedPostgres.Builder builder() {
        // Embedded, it acknowledges what is not yet written, and a kill takes that away.
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setServerConfig("synchronous_commit", "on");
    }

    /** What {@code kill -9} does to the server; then it is started again where it was. */
    private static void killAndRestart() {
        try {
            long pid = Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid"))
                    .get(0)
                    .strip());
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            int port = server.getPort();
            server.close();
            server = restarted(port);
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    /** The children of the killed server notice a little later, and until then their memory keeps a new one out. */
    private static EmbeddedPostgres restarted(int port) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return builder().setPort(port).start();
            } catch (IOException | IllegalStateException notYet) {
                if (attempt == 20) {
                    throw notYet;
                }
                Thread.sleep(250);
            }
        }
    }

    private static long append(String file) throws IOException {
        attempts++;
        TableStream stream = Tables.stream(Path.of(file), ROWS / 10).peek(chunk -> {
            CHUNKS.add(attempts);
            if (attempts == 1 && CHUNKS.size() == 5) {
                killAndRestart();
            }
        });
        return Blocks.postgres("db").append("trips", stream);
    }

    @Test
    void a_server_killed_in_the_middle_of_a_load_has_it_whole_and_once_after_the_retry() throws Exception {
        Path rows = Files.writeString(
                folder.resolve("rows.csv"),
                IntStream.range(0, ROWS).mapToObj(Integer::toString).collect(Collectors.joining("\n", "n\n", "\n")));
        Map<String, String> fields = Map.of("port", "" + server.getPort(), "database", "postgres", "user", "postgres");
        try (Engine engine = Engine.builder()
                .blocks(name -> Optional.of(BlockSettings.of("postgres", fields)))
                .build()) {
            engine.within(() ->
                    Blocks.postgres("db").replace("trips", Table.create("t", IntColumn.create("n", new int[] {-1}))));

            assertThat(engine.within(() -> APPEND.call(rows.toString()))).isEqualTo(ROWS);

            assertThat(attempts).isBetween(2, 4);
            assertThat(engine.within(() -> Blocks.postgres("db").count("trips")))
                    .isEqualTo(ROWS + 1L);
        }
    }
}
