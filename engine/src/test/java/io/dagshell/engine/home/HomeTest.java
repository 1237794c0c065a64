package io.dagshell.engine.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HomeTest {

    @Test
    void on_linux_state_is_in_the_users_data_and_cache_folders() {
        Home home = Home.of(Map.of(), "/home/ann", "Linux");

        assertThat(home.data()).isEqualTo(Path.of("/home/ann/.local/share/dagshell"));
        assertThat(home.cache()).isEqualTo(Path.of("/home/ann/.cache/dagshell"));
    }

    @Test
    void the_desktop_standards_variables_are_heeded() {
        Home home = Home.of(Map.of("XDG_DATA_HOME", "/data", "XDG_CACHE_HOME", "/fast"), "/home/ann", "Linux");

        assertThat(home.data()).isEqualTo(Path.of("/data/dagshell"));
        assertThat(home.cache()).isEqualTo(Path.of("/fast/dagshell"));
    }

    @Test
    void on_a_mac_state_is_in_the_library() {
        Home home = Home.of(Map.of(), "/Users/ann", "Mac OS X");

        assertThat(home.data()).isEqualTo(Path.of("/Users/ann/Library/Application Support/DagShell"));
        assertThat(home.cache()).isEqualTo(Path.of("/Users/ann/Library/Caches/DagShell"));
    }

    @Test
    void on_windows_state_is_in_the_local_application_data() {
        Home home = Home.of(Map.of("LOCALAPPDATA", "/Users/ann/AppData/Local"), "/Users/ann", "Windows 11");

        assertThat(home.data()).isEqualTo(Path.of("/Users/ann/AppData/Local/DagShell"));
        assertThat(home.cache()).isEqualTo(Path.of("/Users/ann/AppData/Local/DagShell/cache"));
    }

    @Test
    void one_variable_moves_everything() {
        Home home = Home.of(Map.of("DAGSHELL_HOME", "/srv/dagshell", "XDG_DATA_HOME", "/data"), "/home/ann", "Linux");

        assertThat(home.database()).isEqualTo(Path.of("/srv/dagshell/dagshell.db"));
        assertThat(home.blocks()).isEqualTo(Path.of("/srv/dagshell/blocks"));
        assertThat(home.logs()).isEqualTo(Path.of("/srv/dagshell/logs"));
        assertThat(home.results()).isEqualTo(Path.of("/srv/dagshell/cache/results"));
        assertThat(home.libraries()).isEqualTo(Path.of("/srv/dagshell/cache/libraries"));
    }

    @Test
    void a_blank_variable_is_none() {
        assertThat(Home.of(Map.of("DAGSHELL_HOME", " "), "/home/ann", "Linux"))
                .isEqualTo(Home.of(Map.of(), "/home/ann", "Linux"));
    }
}
