package io.dagshell.installer.kernelspec;

import io.dagshell.engine.home.Home;
import io.dagshell.installer.Distribution;
import io.dagshell.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The archive that makes the kernel start in a fraction of the time: written by the Java that will use it, at the end of
 * a rehearsed session. It is bound to that Java and to the jars as they lie; without it the kernel works the same, later.
 * From Java 25 on it also says which methods the first compiler is enough for.
 *
 * @see <a href="https://openjdk.org/jeps/515">Ahead-of-time method profiling</a>
 */
final class StartArchive {
    private static final int FIRST_WITH_PROFILES = 25;

    private StartArchive() {}

    /** The flag with which a kernel uses the archive; none if there is none. */
    static Optional<String> flag(Jdk jdk, Distribution copy) {
        Path archive = file(jdk, copy);
        return Files.exists(archive) ? Optional.of(use(jdk) + archive) : Optional.empty();
    }

    private static Path file(Jdk jdk, Distribution copy) {
        return copy.root().resolve(hasProfiles(jdk) ? "kernel.aot" : "kernel.jsa");
    }

    private static String use(Jdk jdk) {
        return hasProfiles(jdk) ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=";
    }

    private static boolean hasProfiles(Jdk jdk) {
        return jdk.feature() >= FIRST_WITH_PROFILES;
    }

    /** Makes the archive; false if it could not be made. Until it is whole, kernels find the one that was there. */
    static boolean make(Jdk jdk, Distribution copy) throws IOException {
        Path archive = copy.root().resolve("kernel.new");
        Files.deleteIfExists(archive);
        List<String> command = new ArrayList<>();
        command.add(jdk.java().toString());
        command.add("@" + copy.root().resolve("kernel.flags"));
        command.addAll(recording(jdk, copy, archive));
        command.addAll(List.of("-jar", copy.main().toString(), "rehearse"));
        Path home = Files.createTempDirectory("rehearsal-home-");
        try {
            makeTables(home);
            boolean done = Rehearsed.run(
                            command,
                            Map.of(
                                    "DAGSHELL_HOME",
                                    home.toString(),
                                    "JPY_PARENT_PID",
                                    String.valueOf(ProcessHandle.current().pid())),
                            copy.root().resolve("kernel-archive.log"))
                    && Files.exists(archive);
            if (done) {
                Files.move(archive, file(jdk, copy), StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.deleteIfExists(file(jdk, copy));
            }
            remember(jdk, copy);
            return done;
        } finally {
            Files.deleteIfExists(archive);
            InstalledCopy.delete(home);
        }
    }

    /** As most kernels find them: what makes tables is four hundred classes that every start would load with the archive. */
    private static void makeTables(Path home) {
        try (Database database = Database.file(new Home(home, home.resolve("cache")).database())) {
            database.check();
        }
    }

    /** For the script that starts kernels: the flag of the archive, and the JDK that it is of, which may be updated. */
    private static void remember(Jdk jdk, Distribution copy) throws IOException {
        Files.writeString(copy.root().resolve("kernel.archive"), flag(jdk, copy).orElse(""));
        Path release = jdk.home().resolve("release");
        if (Files.exists(release)) {
            Files.copy(release, copy.root().resolve("kernel.release"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static List<String> recording(Jdk jdk, Distribution copy, Path archive) {
        if (!hasProfiles(jdk)) {
            return List.of("-XX:ArchiveClassesAtExit=" + archive);
        }
        return List.of(
                "-XX:AOTCacheOutput=" + archive,
                "-XX:TieredStopAtLevel=1",
                "-XX:CompileCommandFile=" + copy.root().resolve("kernel.training"));
    }
}
