package io.dagshell.store.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.store.Database;
import io.dagshell.store.TestDatabases;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedLibrariesTest {
    @TempDir
    Path folder;

    private static SharedLibraries in(Database database) {
        return Orchestration.of(database).libraries();
    }

    @Test
    void a_jar_of_several_pieces_comes_back_from_the_shared_database_as_it_was() throws Exception {
        byte[] content = new byte[9_000_000];
        new Random(7).nextBytes(content);
        Path jar = Files.write(folder.resolve("big.jar"), content);
        try (Database database = Database.at(TestDatabases.postgres())) {
            assertThat(in(database).has("abc")).isFalse();
            in(database).keep("abc", jar);
            in(database).keep("abc", jar);

            ByteArrayOutputStream back = new ByteArrayOutputStream();
            assertThat(in(database).write("abc", back)).isTrue();
            assertThat(back.toByteArray()).isEqualTo(content);
            assertThat(in(database).write("abd", back)).isFalse();
        }
    }

    @Test
    void a_file_of_one_home_keeps_no_jars() throws Exception {
        Path jar = Files.write(folder.resolve("small.jar"), new byte[] {1});
        try (Database database = Database.file(folder.resolve("state.db"))) {
            in(database).keep("abc", jar);

            assertThat(in(database).has("abc")).isFalse();
        }
    }
}
