package io.dagshell.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every shared place does. */
abstract class SharedPlaceContract {
    @TempDir
    Path files;

    /** An empty one. */
    abstract SharedPlace place() throws IOException;

    private Path file(int size, int content) throws IOException {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) content);
        return Files.write(Files.createTempFile(files, "put", ""), bytes);
    }

    private static byte[] read(SharedPlace place, String name) throws IOException {
        Optional<InputStream> found = place.open(name);
        try (InputStream in = found.orElseThrow()) {
            return in.readAllBytes();
        }
    }

    @Test
    void what_was_put_is_there_under_its_name_and_no_other() throws IOException {
        SharedPlace place = place();
        place.put("blobs/ab/abc", file(100_000, 7));

        assertThat(place.has("blobs/ab/abc")).isTrue();
        assertThat(read(place, "blobs/ab/abc")).hasSize(100_000).containsOnly(7);
        assertThat(place.has("blobs/ab")).isFalse();
        assertThat(place.open("blobs/ab/abd")).isEmpty();
    }

    @Test
    void the_last_one_who_puts_a_name_wins() throws IOException {
        SharedPlace place = place();
        place.put("a", file(10, 1));
        place.put("a", file(5, 2));

        assertThat(read(place, "a")).hasSize(5).containsOnly(2);
    }

    @Test
    void who_reads_while_others_put_sees_one_of_them_whole() throws Exception {
        SharedPlace place = place();
        place.put("a", file(200_000, 0));
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Future<?>> writers = new ArrayList<>();
        for (int i = 1; i <= 2; i++) {
            int content = i;
            writers.add(threads.submit(() -> {
                for (int round = 0; round < 20; round++) {
                    place.put("a", file(200_000 + content, content));
                }
                return null;
            }));
        }
        do {
            byte[] seen = read(place, "a");
            assertThat(seen).hasSize(200_000 + seen[0]).containsOnly(seen[0]);
        } while (writers.stream().anyMatch(each -> !each.isDone()));
        for (Future<?> writer : writers) {
            writer.get();
        }
        threads.shutdown();
    }
}
