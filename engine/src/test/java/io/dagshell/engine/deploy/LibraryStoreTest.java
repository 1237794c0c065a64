package io.dagshell.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.deploy.DependencyLock.Entry;
import io.dagshell.engine.deploy.DependencyLock.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryStoreTest {
    @TempDir
    private Path folder;

    private LibraryStore store;
    private Path jar;

    @BeforeEach
    void create() throws IOException {
        store = new LibraryStore(folder.resolve("libraries"));
        jar = Files.writeString(folder.resolve("some-1.0.jar"), "content of a jar");
    }

    @Test
    void an_added_jar_is_found_by_its_line_of_the_lock() throws IOException {
        Entry entry = store.add(jar, Role.USER, "org.some:some:1.0");
        DependencyLock lock = DependencyLock.parse(new DependencyLock(List.of(entry)).text());

        assertThat(lock.of(Role.USER)).containsExactly(entry);
        assertThat(lock.of(Role.RUNTIME)).isEmpty();
        assertThat(store.find(entry)).hasContent("content of a jar");
    }

    @Test
    void a_jar_that_is_not_there_is_named() {
        Entry entry = new Entry(Role.RUNTIME, "ab".repeat(32), "gone-1.0.jar", "");

        assertThatThrownBy(() -> store.find(entry))
                .hasMessage(
                        "The library gone-1.0.jar is not in the library store " + folder.resolve("libraries") + ".");
    }

    @Test
    void a_jar_changed_after_it_was_verified_is_refused_and_mended_by_adding_it_again() throws IOException {
        Entry entry = store.add(jar, Role.RUNTIME, "");
        Path kept = store.find(entry);
        Files.writeString(kept, "content of a ja?");
        Files.setLastModifiedTime(kept, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));

        assertThatThrownBy(() -> store.find(entry)).hasMessageContaining("is damaged: its SHA-256 is not");
        store.add(jar, Role.RUNTIME, "");
        assertThat(store.find(entry)).hasContent("content of a jar");
    }

    @Test
    void a_line_of_another_form_is_refused() {
        assertThatThrownBy(() -> DependencyLock.parse("# fine\nruntime abc\n"))
                .hasMessage("deps.lock: not 'role sha256 file [coordinate]': runtime abc");
    }
}
