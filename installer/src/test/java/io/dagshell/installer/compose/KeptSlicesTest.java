package io.dagshell.installer.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.kernel.session.Library;
import io.dagshell.magics.slice.NotebookSource;
import io.dagshell.magics.slice.Slice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptSlicesTest {
    private static final NotebookSource NOTEBOOK =
            notebook("greetings.ipynb", "%%params\nint n = 1;", "%%flow\nint twice(int n) { return 2 * n; }");

    @TempDir
    private Path folder;

    @Test
    void a_flow_compiled_once_is_found_again() {
        KeptSlices kept = new KeptSlices(folder.resolve("not/there/yet"));
        assertThat(kept.find("a")).isEmpty();

        Slice slice = compiled();
        kept.keep("a", slice);

        assertThat(kept.find("a")).hasValueSatisfying(found -> {
            assertThat(found.manifest()).isEqualTo(slice.manifest());
            assertThat(found.classes()).containsOnlyKeys(slice.classes().keySet());
        });
        assertThat(kept.find("b")).isEmpty();
    }

    @Test
    void a_damaged_file_is_not_there_and_is_written_anew() throws IOException {
        KeptSlices kept = new KeptSlices(folder);
        kept.keep("a", compiled());
        byte[] bytes = Files.readAllBytes(folder.resolve("a"));
        bytes[bytes.length / 2]++;
        Files.write(folder.resolve("a"), bytes);

        assertThat(kept.find("a")).isEmpty();
        kept.keep("a", compiled());
        assertThat(kept.find("a")).isPresent();
    }

    @Test
    void a_folder_that_cannot_be_written_costs_a_compilation_and_nothing_else() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        KeptSlices kept = new KeptSlices(file);

        kept.keep("a", compiled());

        assertThat(kept.find("a")).isEmpty();
        assertThat(file).hasContent("in the way");
    }

    @Test
    void the_hundred_used_last_stay() throws IOException {
        KeptSlices kept = new KeptSlices(folder);
        kept.keep("used", compiled());
        Files.setLastModifiedTime(folder.resolve("used"), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        for (int each : IntStream.range(0, KeptSlices.MOST).toArray()) {
            Path file = Files.copy(folder.resolve("used"), folder.resolve("other" + each));
            Files.setLastModifiedTime(
                    file, FileTime.from(Instant.parse("2021-01-01T00:00:00Z").plusSeconds(each)));
        }
        assertThat(kept.find("used")).isPresent();

        kept.keep("new", compiled());

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .hasSize(KeptSlices.MOST)
                    .contains("new", "used", "other2", "other99")
                    .doesNotContain("other0", "other1");
        }
    }

    @Test
    void whatever_the_code_is_made_of_makes_another_key() throws IOException {
        Path jar = Files.writeString(folder.resolve("dagshell.jar"), "build 1");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-11-28T00:00:00Z")));
        Library library = new Library(folder.resolve("x.jar"), "com.example:x:1", "11");
        Library changed = new Library(folder.resolve("x.jar"), "com.example:x:1", "12");
        String key = SliceKey.of(NOTEBOOK, "twice", List.of(library), List.of(jar));

        assertThat(SliceKey.of(NOTEBOOK, "twice", List.of(library), List.of(jar)))
                .isEqualTo(key);
        List<NotebookSource> others = List.of(
                notebook(
                        "other.ipynb",
                        NOTEBOOK.cells().get(0).text(),
                        NOTEBOOK.cells().get(1).text()),
                notebook(
                        "greetings.ipynb",
                        "%%params\nint n = 2;",
                        NOTEBOOK.cells().get(1).text()),
                notebook(
                        "greetings.ipynb",
                        NOTEBOOK.cells().get(0).text() + NOTEBOOK.cells().get(1).text()));
        for (NotebookSource other : others) {
            assertThat(SliceKey.of(other, "twice", List.of(library), List.of(jar)))
                    .isNotEqualTo(key);
        }
        assertThat(SliceKey.of(NOTEBOOK, "thrice", List.of(library), List.of(jar)))
                .isNotEqualTo(key);
        assertThat(SliceKey.of(NOTEBOOK, "twice", List.of(changed), List.of(jar)))
                .isNotEqualTo(key);
        assertThat(SliceKey.of(NOTEBOOK, "twice", List.of(), List.of(jar))).isNotEqualTo(key);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-11-28T00:00:01Z")));
        assertThat(SliceKey.of(NOTEBOOK, "twice", List.of(library), List.of(jar)))
                .isNotEqualTo(key);
    }

    private static Slice compiled() {
        return SliceCompilers.create(List.of()).compile(NOTEBOOK, "twice");
    }

    private static NotebookSource notebook(String name, String... texts) {
        return new NotebookSource(
                name,
                IntStream.range(0, texts.length)
                        .mapToObj(index -> new NotebookSource.Cell(index + 1, texts[index]))
                        .toList());
    }
}
