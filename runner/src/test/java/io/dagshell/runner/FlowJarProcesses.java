package io.dagshell.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dagshell.engine.deploy.DependencyLock;
import io.dagshell.engine.deploy.DependencyLock.Role;
import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.deploy.LibraryStore;
import io.dagshell.engine.deploy.ManifestJson;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A {@code flow.jar}, its libraries (those of this test's class path) in a store, and processes of both. */
abstract class FlowJarProcesses {
    @TempDir
    protected Path folder;

    Path home;
    DependencyLock lock;

    @BeforeEach
    final void fillTheStore() throws IOException {
        home = folder.resolve("home");
        LibraryStore store = new LibraryStore(home.resolve("cache/libraries"));
        List<DependencyLock.Entry> entries = new ArrayList<>();
        for (String place : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(place);
            if (Files.isRegularFile(path)) {
                entries.add(store.add(path, Role.RUNTIME, ""));
            } else if (Files.isDirectory(path)) {
                Path jar = folder.resolve("room" + entries.size() + ".jar");
                jar(jar, "Manifest-Version: 1.0\r\n\r\n", filesOf(path));
                entries.add(store.add(jar, Role.RUNTIME, ""));
            }
        }
        lock = new DependencyLock(entries);
    }

    record Ended(int code, String text) {}

    Ended run(Path jar, String... arguments) throws IOException, InterruptedException {
        Process process = start(jar, arguments);
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ended(process.waitFor(), text);
    }

    Process start(Path jar, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("DAGSHELL_HOME", home.toString());
        builder.environment().put("LC_ALL", "C");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return builder.start();
    }

    Path flowJar(String taskBody) throws IOException {
        return flowJar(taskBody, Runtime.version().feature());
    }

    Path flowJar(FlowManifest manifest) throws IOException {
        return flowJar(manifest, Runtime.version().feature());
    }

    Path flowJar(String taskBody, int jdk) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        return flowJar(CompiledFlow.compile(classes, taskBody), jdk);
    }

    Path flowJar(FlowManifest flow, int jdk) throws IOException {
        Path classes = folder.resolve("classes");
        Map<String, byte[]> entries = new TreeMap<>(FlowJarClasses.all());
        entries.put("flow.json", ManifestJson.write(flow));
        entries.put("deps.lock", lock.text().getBytes(UTF_8));
        entries.putAll(filesOf(classes));
        Path jar = Files.createDirectories(folder.resolve("deployment")).resolve("flow.jar");
        String manifest = "Manifest-Version: 1.0\r\nMain-Class: " + FlowJarClasses.MAIN + "\r\nDagShell-Jdk: " + jdk
                + "\r\nAdd-Opens: java.base/java.nio.charset\r\nEnable-Native-Access: ALL-UNNAMED\r\n\r\n";
        jar(jar, manifest, entries);
        return jar;
    }

    static Map<String, byte[]> filesOf(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return files;
    }

    static void jar(Path target, String manifest, Map<String, byte[]> entries) throws IOException {
        try (OutputStream out = Files.newOutputStream(target);
                JarOutputStream jar = new JarOutputStream(out)) {
            jar.putNextEntry(new JarEntry("META-INF/MANIFEST.MF"));
            jar.write(manifest.getBytes(UTF_8));
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                if (!entry.getKey().equals("META-INF/MANIFEST.MF")) {
                    jar.putNextEntry(new JarEntry(entry.getKey()));
                    jar.write(entry.getValue());
                }
            }
        }
    }
}
