package io.dagshell.engine.home;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The folders DagShell keeps state in: all below {@code DAGSHELL_HOME} if that is set, else the platform's data and
 * cache folders. Nothing is created here.
 *
 * @param data database, blocks, server file, logs
 * @param cache results, downloads, libraries by digest
 */
public record Home(Path data, Path cache) {

    /** From the process's environment. */
    public static Home ofEnvironment() {
        return of(System.getenv(), System.getProperty("user.home"), System.getProperty("os.name"));
    }

    static Home of(Map<String, String> environment, String userHome, String operatingSystem) {
        String moved = environment.get("DAGSHELL_HOME");
        if (moved != null && !moved.isBlank()) {
            Path root = Path.of(moved).toAbsolutePath().normalize();
            return new Home(root, root.resolve("cache"));
        }
        Path user = Path.of(userHome);
        String system = operatingSystem.toLowerCase(Locale.ROOT);
        if (system.contains("mac")) {
            Path library = user.resolve("Library");
            return new Home(library.resolve("Application Support/DagShell"), library.resolve("Caches/DagShell"));
        }
        if (system.contains("windows")) {
            Path local = folder(environment.get("LOCALAPPDATA"), user.resolve("AppData/Local"));
            return new Home(local.resolve("DagShell"), local.resolve("DagShell/cache"));
        }
        return new Home(
                folder(environment.get("XDG_DATA_HOME"), user.resolve(".local/share"))
                        .resolve("dagshell"),
                folder(environment.get("XDG_CACHE_HOME"), user.resolve(".cache"))
                        .resolve("dagshell"));
    }

    private static Path folder(@Nullable String set, Path otherwise) {
        return set == null || set.isBlank() ? otherwise : Path.of(set);
    }

    /** Run state, SQLite. */
    public Path database() {
        return data.resolve("dagshell.db");
    }

    /** Encrypted local blocks. */
    public Path blocks() {
        return data.resolve("blocks");
    }

    /** Cached results. */
    public Path results() {
        return cache.resolve("results");
    }

    /** Jars by SHA-256, shared by local runs, deployments and agents. */
    public Path libraries() {
        return cache.resolve("libraries");
    }

    /** Flows that {@code dagshell run NB.ipynb:flow} compiled. */
    public Path slices() {
        return cache.resolve("slices");
    }

    public Path logs() {
        return data.resolve("logs");
    }
}
