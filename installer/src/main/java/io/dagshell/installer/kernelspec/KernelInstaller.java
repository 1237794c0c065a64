package io.dagshell.installer.kernelspec;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.installer.CommandProblem;
import io.dagshell.installer.Distribution;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Installs the kernel and the launcher at a {@link Place}, or takes them away. */
public final class KernelInstaller {
    private static final List<String> LOGOS = List.of("logo-32x32.png", "logo-64x64.png", "logo-svg.svg");

    private final Place place;
    private final JdkSearch search;

    public KernelInstaller(Place place) {
        this(place, JdkSearch.ofMachine());
    }

    /** One that takes the kit at {@code jdk} rather than the newest. */
    public static KernelInstaller withJdk(Place place, Path jdk) {
        return new KernelInstaller(place, JdkSearch.only(jdk));
    }

    KernelInstaller(Place place, JdkSearch search) {
        this.place = place;
        this.search = search;
    }

    /**
     * What was installed.
     *
     * @param archive whether kernel and command have their class-data archives
     */
    public record Installed(Path spec, Path launcher, Path java, String javaVersion, boolean archive) {}

    /** Copies {@code source} and writes spec and launcher for the newest Java found. */
    public Installed install(Distribution source) throws IOException {
        Jdk jdk = search.newest()
                .orElseThrow(
                        () -> CommandProblem.badInput(
                                "No JDK " + Jdk.OLDEST
                                        + " or newer was found (a runtime without compiler is not enough): install one, or set JAVA_HOME."));
        Distribution copy = InstalledCopy.of(source, place.libraries());
        boolean archive = StartArchive.make(jdk, copy) && CommandArchive.make(jdk, copy);
        spec(jdk, copy);
        launcher(jdk, copy);
        return new Installed(place.spec(), place.launcher(), jdk.java(), jdk.version(), archive);
    }

    /** Removes spec, launcher and copies; answers what was there. */
    public List<Path> uninstall() throws IOException {
        List<Path> gone = new ArrayList<>();
        for (Path path : List.of(place.spec(), place.launcher(), place.libraries())) {
            if (Files.exists(path)) {
                InstalledCopy.delete(path);
                gone.add(path);
            }
        }
        return gone;
    }

    private void spec(Jdk jdk, Distribution copy) throws IOException {
        Files.createDirectories(place.spec());
        ObjectMapper json = new ObjectMapper();
        ObjectNode spec = json.createObjectNode();
        ArrayNode arguments = spec.putArray("argv");
        kernelCommand(jdk, copy).forEach(arguments::add);
        arguments.add("{connection_file}");
        spec.put("display_name", "Java (DagShell)");
        spec.put("language", "java");
        spec.put("interrupt_mode", "message");
        spec.putObject("metadata")
                .put("debugger", false)
                .put("java_home", jdk.home().toString());
        Files.write(
                place.spec().resolve("kernel.json"),
                json.writerWithDefaultPrettyPrinter().writeValueAsBytes(spec));
        for (String logo : LOGOS) {
            try (InputStream in = Objects.requireNonNull(KernelInstaller.class.getResourceAsStream(logo), logo)) {
                Files.copy(in, place.spec().resolve(logo), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** The script that starts a kernel, the Java it is for, and the flag of that Java's archive, which may be empty. */
    static List<String> kernelCommand(Jdk jdk, Distribution copy) {
        return List.of(
                "/bin/sh",
                copy.root().resolve("kernel.sh").toString(),
                jdk.java().toString(),
                StartArchive.flag(jdk, copy).orElse(""));
    }

    private void launcher(Jdk jdk, Distribution copy) throws IOException {
        Files.createDirectories(place.programs());
        // Not JAVA_HOME: results are kept per feature release, and the kernel's are to be found by the command.
        String script = """
                #!/bin/sh
                # Written by dagshell install. Runs on the JDK the kernel was installed with, or on DAGSHELL_JAVA_HOME.
                java=%s
                if [ -n "$DAGSHELL_JAVA_HOME" ]; then java=$DAGSHELL_JAVA_HOME/bin/java; fi
                if ! [ -x "$java" ]; then
                    echo "dagshell: there is no $java: install again on another JDK (dagshell install --jdk FOLDER)," \\
                        "or set DAGSHELL_JAVA_HOME to one." >&2
                    exit 3
                fi
                . %s
                start_dagshell "$java" %s "$@"
                """.formatted(
                        quoted(jdk.java().toString()),
                        quoted(copy.root().resolve("start.sh").toString()),
                        quoted(copy.root().toString()));
        Path launcher = place.launcher();
        Files.write(launcher, script.getBytes(StandardCharsets.UTF_8));
        if (!launcher.toFile().setExecutable(true, false)) {
            throw new IOException("cannot make " + launcher + " executable");
        }
    }

    /** Literal in a POSIX shell. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
