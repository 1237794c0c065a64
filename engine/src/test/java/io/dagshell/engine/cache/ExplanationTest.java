package io.dagshell.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.model.CodeIdentity;
import io.dagshell.engine.value.StandardCodecs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person can always see why it hit or missed, also in another process than the one that asked. */
final class ExplanationTest {
    @TempDir
    Path folder;

    private final Tick clock = new Tick();
    private final Asking fetch = Asking.task("fetch")
            .code(inCell(2, "task", "fetch", "1"), inCell(3, "helper", "datasetUri", "1"))
            .argument("month", int.class, 1)
            .using("warehouse", "token");

    private static CodeIdentity.CodePart inCell(int cell, String kind, String name, String content) {
        return new CodeIdentity.CodePart(
                kind, name, ShownPart.of(kind, name, content).digest(), OptionalInt.of(cell));
    }

    private FileResultCache open() {
        return FileResultCache.open(
                folder,
                StandardCodecs.with(),
                clock,
                CacheSettings.defaults()
                        .withEnvironment(() -> SharedWork.ENVIRONMENT)
                        .withBlocks(name -> Optional.of(new BlockSettings(
                                name.value().equals("token") ? "secret" : "postgres", new TreeMap<>(), 1))));
    }

    private String why(String what) throws IOException {
        return new CacheReport(open(), clock).answer(List.of("why", what), Optional.of("etl.ipynb"));
    }

    @Test
    void a_miss_names_each_part_that_differs_with_its_cell() throws IOException {
        fetch.computed(open(), "x");
        clock.forward(Duration.ofHours(2));
        fetch.code(inCell(2, "task", "fetch", "1"), inCell(3, "helper", "datasetUri", "2"))
                .argument("month", int.class, 2)
                .in(open());
        clock.forward(Duration.ofMinutes(3));

        assertThat(why("fetch")).isEqualTo("""
                fetch of etl.ipynb: miss, 3 min ago
                  what differs from the nearest earlier result, stored 2 h ago:
                    helper `datasetUri` changed in cell 3
                    argument `month` 1 → 2
                  in the key: cache schema = 1, Java = 17, secret token = version 1, helper datasetUri (cell 3), \
                task fetch (cell 2), result type = String, argument month = 2
                  not in the key: block warehouse; retries, timeouts, age, tags and other header options but version""");
    }

    @Test
    void it_is_still_known_after_the_new_result_was_stored() throws IOException {
        fetch.computed(open(), "x");
        fetch.argument("month", int.class, 2).computed(open(), "y");

        assertThat(why("fetch")).contains("argument `month` 1 → 2");
    }

    @Test
    void a_hit_after_a_miss_is_a_hit() throws IOException {
        fetch.computed(open(), "x");
        clock.forward(Duration.ofHours(2));
        fetch.hit(open());
        clock.forward(Duration.ofSeconds(9));

        assertThat(why("fetch"))
                .startsWith("fetch of etl.ipynb: hit, 9 s ago\n  every part of the key is as it was")
                .contains("stored, 2 h ago", "block warehouse");

        fetch.argument("month", int.class, 7).in(open());
        assertThat(why("fetch")).contains("argument `month` 1 → 7");
    }

    @Test
    void a_first_run_a_refresh_and_what_cannot_be_kept_say_so() throws IOException {
        fetch.computed(open(), "x");
        assertThat(why("fetch")).contains("miss", "first run");
        fetch.refreshed().computed(open(), "x");
        assertThat(why("fetch")).startsWith("fetch of etl.ipynb: refreshed");
        Asking.task("open").returning(InputStream.class).in(open());
        assertThat(why("open")).isEqualTo("open of etl.ipynb: not cached, 0 s ago\n  stream");
        assertThat(why("never")).startsWith("the cache was never asked for never");
    }

    @Test
    void notebooks_are_told_apart() throws IOException {
        fetch.computed(open(), "x");

        assertThat(why("other.ipynb:fetch")).startsWith("the cache was never asked");
        assertThat(why("some/folder/etl.ipynb:fetch")).startsWith("fetch of etl.ipynb: miss");
    }

    @Test
    void what_is_stored_is_listed_removed_and_verified() throws IOException {
        Asking large = Asking.task("large").returning(byte[].class);
        large.computed(open(), new byte[200_000]);
        fetch.computed(open(), "x");
        fetch.argument("month", int.class, 2).computed(open(), "x");
        CacheReport report = new CacheReport(open(), clock);

        assertThat(report.answer(List.of("ls"), Optional.empty()))
                .contains("task   notebook", "large  etl.ipynb", "201 kB")
                .endsWith("3 results, 204 kB in " + folder);
        assertThat(report.answer(List.of("verify"), Optional.empty())).isEqualTo("3 results read, nothing damaged");
        Path blob = FileListing.below(folder.resolve("blobs"), 1).get(0).path();
        Files.write(blob, new byte[] {1});
        assertThat(report.answer(List.of("verify"), Optional.empty()))
                .startsWith("3 results read, 1 damaged and moved aside\n  large: blob ");
        assertThat(large.computed(open(), new byte[200_000])).isEqualTo("first run");
        assertThat(report.answer(List.of("rm", "fetch"), Optional.of("etl.ipynb")))
                .isEqualTo("2 results removed");
        assertThat(report.answer(List.of("rm", large.hit(open()).key().substring(0, 8)), Optional.empty()))
                .isEqualTo("1 result removed");
        assertThat(report.answer(List.of("gc"), Optional.empty())).isEqualTo("0 results removed");
        assertThatThrownBy(() -> report.answer(List.of("forget"), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("why TASK");
    }
}
