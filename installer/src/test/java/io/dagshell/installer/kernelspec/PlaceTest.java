package io.dagshell.installer.kernelspec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlaceTest {
    private static final Path HOME = Path.of("/home/ann");
    private static final Path DATA = Path.of("/home/ann/.local/share/dagshell");

    @Test
    void each_platform_has_its_own_folder_of_kernels() {
        assertThat(spec(Map.of(), "Linux")).isEqualTo("/home/ann/.local/share/jupyter/kernels/dagshell");
        assertThat(spec(Map.of(), "Mac OS X")).isEqualTo("/home/ann/Library/Jupyter/kernels/dagshell");
        assertThat(spec(Map.of("APPDATA", "/roaming"), "Windows 11")).isEqualTo("/roaming/jupyter/kernels/dagshell");
    }

    @Test
    void the_variables_that_jupyter_obeys_are_obeyed() {
        assertThat(spec(Map.of("XDG_DATA_HOME", "/xdg"), "Linux")).isEqualTo("/xdg/jupyter/kernels/dagshell");
        assertThat(spec(Map.of("JUPYTER_DATA_DIR", "/data", "XDG_DATA_HOME", "/xdg"), "Linux"))
                .isEqualTo("/data/kernels/dagshell");
    }

    @Test
    void below_a_prefix_all_of_it_is_below_the_prefix() {
        Place place = Place.prefix(Path.of("/env"));

        assertThat(place.spec()).hasToString("/env/share/jupyter/kernels/dagshell");
        assertThat(place.launcher()).hasToString("/env/bin/dagshell");
        assertThat(place.libraries()).hasToString("/env/share/dagshell/lib");
    }

    private static String spec(Map<String, String> environment, String system) {
        return Place.user(environment, HOME, system, DATA).spec().toString();
    }
}
