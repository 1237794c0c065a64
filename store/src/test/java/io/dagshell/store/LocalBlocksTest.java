package io.dagshell.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.block.BlockSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBlocksTest {
    private static final BlockName NAME = new BlockName("postgres-connector");
    private static final String PASSWORD = "s3cret-wörd";

    @TempDir
    Path folder;

    private Path file;
    private LocalBlocks blocks;

    @BeforeEach
    void open() {
        file = folder.resolve("state/blocks");
        blocks = LocalBlocks.open(file);
    }

    private BlockSettings set() {
        return blocks.set(NAME, "postgres", Map.of("host", "localhost", "password", PASSWORD));
    }

    @Test
    void a_block_is_found_again_by_another_reader_until_it_is_removed() {
        BlockSettings set = set();

        LocalBlocks other = LocalBlocks.open(file);
        assertThat(other.find(NAME)).contains(set);
        assertThat(set.fields()).containsEntry("password", PASSWORD);
        assertThat(blocks.remove(NAME)).isTrue();
        assertThat(other.find(NAME)).isEmpty();
        assertThat(blocks.remove(NAME)).isFalse();
    }

    @Test
    void the_version_rises_at_each_set_also_after_a_removal() {
        long first = set().version();
        long second = set().version();
        blocks.remove(NAME);
        assertThat(second).isGreaterThan(first);
        assertThat(set().version()).isGreaterThan(second);
    }

    @Test
    void no_file_holds_a_value_or_a_name_in_the_clear() throws IOException {
        set();
        try (Stream<Path> files = Files.list(file.getParent())) {
            for (Path each : files.toList()) {
                String bytes = new String(Files.readAllBytes(each), StandardCharsets.UTF_8);
                assertThat(bytes).doesNotContain(PASSWORD, "s3cret", "localhost", "postgres");
            }
        }
        assertThat(set().toString()).doesNotContain("s3cret");
    }

    @Test
    void only_the_owner_may_read_the_files() throws IOException {
        set();
        try (Stream<Path> files = Files.list(file.getParent())) {
            for (Path each : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                        .as(each.toString())
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void another_key_opens_nothing_and_the_sentence_names_both_files() throws IOException {
        set();
        Path key = file.resolveSibling("blocks.key");
        byte[] other = Files.readAllBytes(key);
        other[0] ^= 1;
        Files.write(key, other);

        assertThatThrownBy(() -> blocks.find(NAME))
                .isInstanceOf(BlocksFileException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(key.toString())
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(this::set).isInstanceOf(BlocksFileException.class);
    }

    @Test
    void a_missing_key_is_said_and_not_replaced() throws IOException {
        set();
        Path key = file.resolveSibling("blocks.key");
        Files.delete(key);

        assertThatThrownBy(() -> blocks.find(NAME)).hasMessageContaining("is missing");
        assertThatThrownBy(this::set).hasMessageContaining("is missing");
        assertThat(key).doesNotExist();
    }

    @Test
    void every_damaged_byte_and_every_cut_is_noticed() throws IOException {
        set();
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 0x10;
            Files.write(file, damaged);
            assertThatThrownBy(() -> blocks.all()).isInstanceOf(BlocksFileException.class);
            Files.write(file, java.util.Arrays.copyOf(whole, i));
            assertThatThrownBy(() -> blocks.all())
                    .isInstanceOf(BlocksFileException.class)
                    .hasMessageContaining("is damaged");
        }
        Files.write(file, whole);
        assertThat(blocks.find(NAME)).isPresent();
    }

    @Test
    void many_writers_at_once_lose_no_block() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                BlockName name = new BlockName("block-" + i);
                all.add(threads.submit(() -> LocalBlocks.open(file).set(name, "secret", Map.of("value", "x"))));
            }
            for (Future<?> each : all) {
                each.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(blocks.all()).hasSize(40);
        assertThat(blocks.all().values().stream().map(BlockSettings::version).distinct())
                .hasSize(40);
    }
}
