package io.dagshell.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.block.BlockSource;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentBlocksTest {
    private static final BlockName NAME = new BlockName("postgres-connector");

    private static Optional<BlockSettings> found(String value) {
        return EnvironmentBlocks.of(Map.of("DAGSHELL_BLOCK_POSTGRES_CONNECTOR", value))
                .find(NAME);
    }

    @Test
    void a_json_object_is_a_block_with_its_type() {
        BlockSettings block = found("{\"type\": \"postgres\", \"host\": \"db\", \"port\": 5433}")
                .orElseThrow();
        assertThat(block.type()).isEqualTo("postgres");
        assertThat(block.fields()).isEqualTo(Map.of("host", "db", "port", "5433"));
    }

    @Test
    void an_address_is_a_database_and_any_other_text_a_secret() {
        assertThat(found("postgresql://me:x@db/taxi").orElseThrow().type()).isEqualTo("postgres");
        assertThat(found("jdbc:postgresql://db/taxi").orElseThrow().type()).isEqualTo("postgres");
        BlockSettings secret = found("token-123").orElseThrow();
        assertThat(secret.type()).isEqualTo("secret");
        assertThat(secret.fields()).containsEntry("value", "token-123");
    }

    @Test
    void an_empty_variable_is_no_block() {
        assertThat(found(" ")).isEmpty();
        assertThat(EnvironmentBlocks.of(Map.of()).find(NAME)).isEmpty();
    }

    @Test
    void broken_json_names_the_variable_and_shows_none_of_it() {
        assertThatThrownBy(() -> found("{\"type\": \"postgres\", \"password\": \"s3cret"))
                .isInstanceOf(BlocksFileException.class)
                .hasMessageContaining("DAGSHELL_BLOCK_POSTGRES_CONNECTOR")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> found("{\"password\": \"s3cret\"}"))
                .hasMessageContaining("no field 'type'")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void the_environment_goes_before_the_local_file(@TempDir Path folder) {
        LocalBlocks local = LocalBlocks.open(folder.resolve("blocks"));
        local.set(NAME, "secret", Map.of("value", "local"));
        BlockSource both = EnvironmentBlocks.of(Map.of("DAGSHELL_BLOCK_POSTGRES_CONNECTOR", "outside"))
                .orElse(local);
        assertThat(both.find(NAME).orElseThrow().fields()).containsEntry("value", "outside");
        assertThat(EnvironmentBlocks.of(Map.of())
                        .orElse(local)
                        .find(NAME)
                        .orElseThrow()
                        .fields())
                .containsEntry("value", "local");
    }
}
