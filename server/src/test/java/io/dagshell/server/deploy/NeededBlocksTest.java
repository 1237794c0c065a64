package io.dagshell.server.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.block.BlockSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NeededBlocksTest {
    private static final Map<String, BlockSettings> KNOWN = Map.of(
            "hall-light", BlockSettings.of("lantern", Map.of("place", "hall", "lit-by", "match")),
            "match", BlockSettings.of("secret", Map.of("value", "x")),
            "orphan", BlockSettings.of("lantern", Map.of("place", "yard", "lit-by", "gone")),
            "other", BlockSettings.of("secret", Map.of("value", "x")));

    private final BlockSource blocks = name -> Optional.ofNullable(KNOWN.get(name.value()));

    @Test
    void a_block_brings_the_one_it_names_and_no_other() {
        NeededBlocks needed = NeededBlocks.of(List.of("hall-light"), blocks);

        assertThat(needed.found()).containsOnlyKeys("hall-light", "match");
        assertThat(needed.missing()).isEmpty();
    }

    @Test
    void one_that_a_block_names_and_that_is_not_there_is_missing_too() {
        assertThat(NeededBlocks.of(List.of("orphan", "none"), blocks).missing()).containsExactly("gone", "none");
    }
}
