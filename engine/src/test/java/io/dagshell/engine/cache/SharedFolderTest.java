package io.dagshell.engine.cache;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class SharedFolderTest extends SharedPlaceContract {

    @Override
    SharedPlace place() throws IOException {
        return new SharedFolder(Files.createTempDirectory(files, "shared"));
    }

    @Test
    void a_folder_that_is_not_mounted_is_neither_read_nor_filled() throws IOException {
        SharedPlace absent = new SharedFolder(files.resolve("absent"));
        Path file = Files.writeString(files.resolve("file"), "x");

        assertThatThrownBy(() -> absent.put("a", file)).isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> absent.open("a")).isInstanceOf(NotDirectoryException.class);
    }

    @Test
    void a_name_leads_out_of_no_folder() {
        assertThatThrownBy(() -> place().open("../file")).isInstanceOf(IOException.class);
    }
}
