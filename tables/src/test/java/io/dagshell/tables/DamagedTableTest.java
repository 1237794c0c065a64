package io.dagshell.tables;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dagshell.engine.cache.CacheSettings;
import io.dagshell.engine.cache.FileResultCache;
import io.dagshell.engine.cache.ResultCache;
import io.dagshell.engine.model.CodeIdentity;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.Policy;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.value.StandardCodecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/** A stored table whose bytes were damaged at the boundary of a section is computed anew, never read. */
class DamagedTableTest {
    @TempDir
    private Path folder;

    private final Table table = SampleTables.random(7, 3_000, 50);

    private FileResultCache open() {
        return FileResultCache.open(
                folder,
                StandardCodecs.with(new TableCodec()),
                Clock.systemUTC(),
                CacheSettings.defaults().withReport(sentence -> {}));
    }

    private ResultCache.Answer ask() {
        TaskDefinition task = new TaskDefinition(
                new TaskName("clean"),
                Kind.TASK,
                List.of(),
                "tech.tablesaw.api.Table",
                Policy.defaults("clean").withCache(Policy.CacheRule.always()),
                new CodeIdentity.Known(List.of()),
                new TaskDefinition.Origin("etl.ipynb", 1, 1),
                List.of());
        return open().consult(
                        new ResultCache.Question(task, List.of(), new Object[0], Table.class, false), () -> false);
    }

    @Test
    void a_byte_flipped_or_a_cut_at_any_boundary_of_a_column_is_a_miss() throws IOException {
        try (ResultCache.Ticket ticket = ((ResultCache.Answer.Compute) ask()).ticket()) {
            assertThat(ticket.store(table, Duration.ZERO, List.of())).isEmpty();
        }
        Path record = only("actions");
        Path blob = only("blobs");
        byte[] recorded = Files.readAllBytes(record);
        byte[] whole = Files.readAllBytes(blob);

        for (int boundary : boundaries(recorded)) {
            for (byte[] damaged : damages(whole, boundary)) {
                Files.write(blob, damaged);
                ResultCache.Answer answer = ask();
                assertThat(answer).as("at %s", boundary).isInstanceOf(ResultCache.Answer.Compute.class);
                ((ResultCache.Answer.Compute) answer).ticket().close();
                Files.write(blob, whole);
                Files.write(record, recorded);
            }
        }

        ResultCache.Answer.Hit hit = (ResultCache.Answer.Hit) ask();
        assertThat(hit.value()).asString().isEqualTo(table.toString());
    }

    private static List<byte[]> damages(byte[] whole, int boundary) {
        List<byte[]> damages = new ArrayList<>();
        for (int at = Math.max(0, boundary - 1); at <= Math.min(whole.length - 1, boundary + 1); at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 1;
            damages.add(flipped);
            damages.add(Arrays.copyOf(whole, at));
        }
        return damages;
    }

    private static List<Integer> boundaries(byte[] record) throws IOException {
        String text = new String(record, java.nio.charset.StandardCharsets.UTF_8);
        JsonNode value =
                new ObjectMapper().readTree(text.substring(text.indexOf('\n'))).at("/content/inline/value");
        List<Integer> boundaries = new ArrayList<>(List.of(0));
        for (JsonNode column : value.path("columns")) {
            boundaries.add(boundaries.get(boundaries.size() - 1)
                    + column.path("length").intValue());
        }
        assertThat(boundaries).hasSize(12);
        return boundaries;
    }

    private Path only(String part) throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve(part))) {
            List<Path> files = all.filter(Files::isRegularFile).toList();
            assertThat(files).hasSize(1);
            return files.get(0);
        }
    }
}
