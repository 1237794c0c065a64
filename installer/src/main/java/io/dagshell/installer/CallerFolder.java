package io.dagshell.installer;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where the person stands who typed the command. The scripts that start it go to the notebook's folder first, because
 * that is a run's working directory, and say here where they came from.
 */
public final class CallerFolder {
    static final String VARIABLE = "DAGSHELL_CALLER_FOLDER";

    private CallerFolder() {}

    /** A path of the command line as the person meant it. */
    public static Path resolve(Path typed) {
        return resolve(typed, System.getenv());
    }

    static Path resolve(Path typed, Map<String, String> environment) {
        String folder = environment.getOrDefault(VARIABLE, "");
        return Path.of(folder).resolve(typed).toAbsolutePath().normalize();
    }
}
