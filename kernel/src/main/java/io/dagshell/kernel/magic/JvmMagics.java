package io.dagshell.kernel.magic;

import io.dagshell.kernel.assist.Preview;
import io.dagshell.kernel.session.CellProblem;
import io.dagshell.kernel.session.KernelExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code %jvm} and {@code %preview}: flags of the virtual machine for one notebook, in force from the next start of its
 * kernel. They stand in a file beside the notebook, one a line, which whoever starts the kernel gives to {@code java}.
 */
public final class JvmMagics implements KernelExtension {
    private static final List<String> PREVIEW_FLAGS = List.of("--enable-preview", "-D" + Preview.PROPERTY + "=on");
    private static final List<String> PARTS_OF_START =
            List.of("-jar", "-cp", "-classpath", "--class-path", "-m", "--module");
    private static final String USAGE =
            "write %jvm -Xmx4g and other flags of java; %jvm alone shows them, %jvm reset forgets them";
    private static final long PATIENCE_SECONDS = 20;

    private final Optional<Path> notebook;

    /** @param notebook the file this session is for, in the kernel's folder; empty when it is not known */
    public JvmMagics(Optional<Path> notebook) {
        this.notebook = notebook;
    }

    @Override
    public Map<String, LineMagic> lineMagics() {
        return Map.of("jvm", this::jvm, "preview", this::preview);
    }

    @Override
    public Map<String, String> magicHelp() {
        return Map.of(
                "%jvm",
                "%jvm [FLAG…|reset]\n\nShows the heap and the flags of this notebook's Java, or sets flags for it, such as -Xmx4g;"
                        + " they are kept beside the notebook and in force after a restart of the kernel.",
                "%preview",
                "%preview [on|off]\n\nLets cells use preview features of this Java, after a restart of the kernel.");
    }

    @Override
    public List<Suggestion> complete(String text, int offset) {
        return FlagCompletion.at(text, offset);
    }

    private Optional<Object> jvm(String arguments) throws IOException, InterruptedException {
        List<String> words = words(arguments);
        if (words.isEmpty()) {
            return Optional.of(state());
        }
        if (words.equals(List.of("reset"))) {
            return Optional.of(keep(List.of()));
        }
        for (String word : words) {
            if (!word.startsWith("-")) {
                throw new CellProblem(1, 1, word + " is no flag; " + USAGE);
            }
            if (PARTS_OF_START.contains(word)) {
                throw new CellProblem(
                        1, 1, word + " belongs to how the kernel is started; for libraries write %maven or %classpath");
            }
        }
        List<String> flags = new ArrayList<>(words);
        kept().stream()
                .filter(PREVIEW_FLAGS::contains)
                .filter(each -> !flags.contains(each))
                .forEach(flags::add);
        return Optional.of(keep(flags));
    }

    private Optional<Object> preview(String arguments) throws IOException, InterruptedException {
        List<String> flags = new ArrayList<>(kept());
        boolean inForce = Preview.isOn();
        switch (arguments.strip()) {
            case "" -> {
                return Optional.of("preview features are " + (inForce ? "on" : "off; %preview on lets cells use them"));
            }
            case "on" ->
                PREVIEW_FLAGS.stream().filter(each -> !flags.contains(each)).forEach(flags::add);
            case "off" -> flags.removeAll(PREVIEW_FLAGS);
            default -> throw new CellProblem(1, 1, "write %preview on or %preview off");
        }
        return Optional.of(keep(flags));
    }

    private String state() throws IOException {
        Runtime runtime = Runtime.getRuntime();
        long used = (runtime.totalMemory() - runtime.freeMemory()) >> 20;
        List<String> flags = kept();
        return "Java %s, heap %,d MB used of at most %,d MB%n%s"
                .formatted(
                        System.getProperty("java.version"),
                        used,
                        runtime.maxMemory() >> 20,
                        flags.isEmpty()
                                ? "no flags of its own; " + USAGE
                                : "flags of this notebook: " + String.join(" ", flags));
    }

    private Path file() {
        Path path = notebook.orElseThrow(() -> new CellProblem(
                1,
                1,
                "which notebook this is is not known here, so its flags cannot be kept; set JDK_JAVA_OPTIONS in the"
                        + " environment that starts the kernel instead"));
        return path.resolveSibling(path.getFileName() + ".jvm");
    }

    private List<String> kept() throws IOException {
        if (notebook.isEmpty() || !Files.exists(file())) {
            return List.of();
        }
        return Files.readAllLines(file()).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(JvmMagics::unquoted)
                .toList();
    }

    /** Writes them, if a Java with them starts at all. */
    private String keep(List<String> flags) throws IOException, InterruptedException {
        Path file = file();
        if (flags.isEmpty()) {
            boolean gone = Files.deleteIfExists(file);
            return gone ? "flags forgotten; restart the kernel" : "there were no flags";
        }
        requireStart(flags);
        Files.write(file, flags.stream().map(JvmMagics::quoted).toList());
        return String.join(" ", flags) + "\nkept in " + file.getFileName() + "; restart the kernel";
    }

    private static void requireStart(List<String> flags) throws IOException, InterruptedException {
        List<String> command = Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        flags.stream(),
                        Stream.of("-version"))
                .flatMap(each -> each)
                .toList();
        Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
        started.getOutputStream().close();
        String said = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean ended = started.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!ended || started.exitValue() != 0) {
            started.destroyForcibly();
            String why = said.lines()
                    .filter(line -> !line.startsWith("Error: Could not create") && !line.startsWith("Error: A fatal"))
                    .limit(3)
                    .collect(Collectors.joining("; "));
            throw new CellProblem(1, 1, "Java does not start with these flags, so they were not kept: " + why);
        }
    }

    private static List<String> words(String arguments) {
        return Stream.of(arguments.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** As {@code java} reads a file of arguments. */
    private static String quoted(String flag) {
        return flag.matches("[\\w.:=+\\-/,%@]+")
                ? flag
                : '"' + flag.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String unquoted(String line) {
        return line.startsWith("\"") && line.endsWith("\"") && line.length() > 1
                ? line.substring(1, line.length() - 1).replaceAll("\\\\(.)", "$1")
                : line;
    }
}
