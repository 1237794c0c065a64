package io.dagshell.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.block.BlockSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PipedBlocksTest {

    @Test
    void a_block_that_is_piped_in_is_found_by_its_name() throws IOException {
        BlockSource blocks =
                read("{\"postgres-connector\": {\"type\": \"postgres\", \"host\": \"db\", \"port\": \"5433\"}}");

        assertThat(blocks.find(new BlockName("postgres-connector"))).hasValueSatisfying(settings -> {
            assertThat(settings.type()).isEqualTo("postgres");
            assertThat(settings.fields()).containsEntry("host", "db").containsEntry("port", "5433");
        });
        assertThat(blocks.find(new BlockName("other"))).isEmpty();
    }

    @Test
    void what_is_no_json_is_refused_without_repeating_it() {
        assertThatThrownBy(() -> read("s3cret {")).isInstanceOf(BadInput.class).hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> read("[]")).isInstanceOf(BadInput.class).hasMessageContaining("JSON object");
        assertThatThrownBy(() -> read("{\"No Name\": {}}"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("No Name");
    }

    private static BlockSource read(String text) throws IOException {
        return PipedBlocks.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
