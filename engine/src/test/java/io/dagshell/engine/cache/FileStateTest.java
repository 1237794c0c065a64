package io.dagshell.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileStateTest {
    private static final FileTime THEN = FileTime.fromMillis(1_700_000_000_000L);
    private static final FileTime NOW = FileTime.fromMillis(1_800_000_000_000L);

    @Test
    void states_are_equal_when_everything_the_file_system_says_is() {
        FileState state = new FileState(7, "inode 12", THEN, THEN, true);

        assertThat(new FileState(7, "inode 12", FileTime.fromMillis(THEN.toMillis()), THEN, true))
                .isEqualTo(state)
                .hasSameHashCodeAs(state);
        assertThat(List.of(
                        new FileState(8, "inode 12", THEN, THEN, true),
                        new FileState(7, "inode 13", THEN, THEN, true),
                        new FileState(7, "inode 12", NOW, THEN, true),
                        new FileState(7, "inode 12", THEN, NOW, true),
                        new FileState(7, "inode 12", THEN, THEN, false)))
                .allSatisfy(other -> assertThat(other).isNotEqualTo(state));
        assertThat(state).isNotEqualTo("inode 12");
    }
}
