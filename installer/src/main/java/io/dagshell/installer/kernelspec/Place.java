package io.dagshell.installer.kernelspec;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Where the kernel is installed.
 *
 * @param kernels folder of kernel specs
 * @param programs folder for the launcher
 * @param libraries folder that holds one folder of jars per version
 */
public record Place(Path kernels, Path programs, Path libraries) {

    /** For this user only, as Jupyter looks for it (https://docs.jupyter.org/en/latest/use/jupyter-directories.html). */
    public static Place user(Map<String, String> environment, Path home, String system, Path data) {
        Path jupyter = jupyterData(environment, home, system.toLowerCase(Locale.ROOT));
        return new Place(jupyter.resolve("kernels"), home.resolve(".local/bin"), data.resolve("lib"));
    }

    /** Below a prefix: a Python environment's or any folder that is on Jupyter's path. */
    public static Place prefix(Path prefix) {
        Path root = prefix.toAbsolutePath().normalize();
        return new Place(
                root.resolve("share/jupyter/kernels"), root.resolve("bin"), root.resolve("share/dagshell/lib"));
    }

    public Path spec() {
        return kernels.resolve("dagshell");
    }

    public Path launcher() {
        return programs.resolve("dagshell");
    }

    private static Path jupyterData(Map<String, String> environment, Path home, String system) {
        String set = environment.getOrDefault("JUPYTER_DATA_DIR", "");
        if (!set.isBlank()) {
            return Path.of(set);
        }
        if (system.contains("mac")) {
            return home.resolve("Library/Jupyter");
        }
        if (system.contains("windows")) {
            String roaming = environment.getOrDefault("APPDATA", "");
            return (roaming.isBlank() ? home.resolve("AppData/Roaming") : Path.of(roaming)).resolve("jupyter");
        }
        String shared = environment.getOrDefault("XDG_DATA_HOME", "");
        return (shared.isBlank() ? home.resolve(".local/share") : Path.of(shared)).resolve("jupyter");
    }
}
