package io.dagshell.kernel.dependency;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A Maven repository in a folder, and settings that send everything there, so that no test needs a network. */
final class TestRepository {
    private final Path folder;
    private final Path repository;

    TestRepository(Path folder) {
        this.folder = folder;
        this.repository = folder.resolve("repository");
    }

    Path place() {
        return repository;
    }

    /** A jar with one class {@code lib.ARTIFACT} whose {@code version()} says the version; {@code pom} goes into its pom. */
    TestRepository jar(String group, String artifact, String version, String pom) {
        Path file = file(group, artifact, version, "jar");
        pom(group, artifact, version, pom);
        write(file, jarOf(artifact, version));
        return this;
    }

    TestRepository jar(String group, String artifact, String version) {
        return jar(group, artifact, version, "");
    }

    TestRepository pom(String group, String artifact, String version, String content) {
        write(
                file(group, artifact, version, "pom"),
                ("""
                <project><modelVersion>4.0.0</modelVersion>
                <groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version><packaging>%s</packaging>%s</project>
                """.formatted(
                                        group,
                                        artifact,
                                        version,
                                        content.contains("dependencyManagement") ? "pom" : "jar",
                                        content))
                        .getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** What says which versions there are, for ranges. */
    TestRepository versions(String group, String artifact, String... versions) {
        String list = String.join("</version><version>", versions);
        write(
                repository.resolve(group.replace('.', '/') + "/" + artifact + "/maven-metadata.xml"),
                ("<metadata><groupId>" + group + "</groupId><artifactId>" + artifact
                                + "</artifactId><versioning><versions><version>" + list
                                + "</version></versions></versioning></metadata>")
                        .getBytes(StandardCharsets.UTF_8));
        return this;
    }

    static String needs(String group, String artifact, String version, String more) {
        return "<dependency><groupId>" + group + "</groupId><artifactId>" + artifact + "</artifactId><version>"
                + version + "</version>" + more + "</dependency>";
    }

    static String needing(String... dependencies) {
        return "<dependencies>" + String.join("", dependencies) + "</dependencies>";
    }

    private Path file(String group, String artifact, String version, String extension) {
        return repository.resolve(group.replace('.', '/') + "/" + artifact + "/" + version + "/" + artifact + "-"
                + version + "." + extension);
    }

    static void write(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Settings with a local repository of their own and a mirror of everything. */
    Path settings() {
        return settings("<mirrors><mirror><id>test</id><mirrorOf>*</mirrorOf><url>" + repository.toUri()
                + "</url></mirror></mirrors>");
    }

    Path settings(String content) {
        Path file = folder.resolve("settings.xml");
        write(
                file,
                ("<settings><localRepository>" + folder.resolve("local") + "</localRepository>" + content
                                + "</settings>")
                        .getBytes(StandardCharsets.UTF_8));
        return file;
    }

    Libraries libraries(Path settings) {
        return new Libraries(
                new MavenSettings(java.util.Optional.of(settings), List.of("org.product:product")), this::copy);
    }

    private Path copy(Path jar) throws IOException {
        Path copies = Files.createDirectories(folder.resolve("kept"));
        return Files.copy(jar, Files.createTempDirectory(copies, "copy").resolve(jar.getFileName()));
    }

    private static byte[] jarOf(String artifact, String version) {
        String source = "package lib; public class " + artifact + " { public static String version() { return \""
                + version + "\"; } }";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            jar.putNextEntry(new JarEntry("lib/" + artifact + ".class"));
            jar.write(compiled(artifact, source));
            jar.closeEntry();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static byte[] compiled(String name, String source) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        var compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject text =
                new SimpleJavaFileObject(URI.create("mem:///lib/" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        JavaFileManager files =
                new ForwardingJavaFileManager<>(compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
                    @Override
                    public JavaFileObject getJavaFileForOutput(
                            Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
                        return new SimpleJavaFileObject(URI.create("mem:///" + className), kind) {
                            @Override
                            public OutputStream openOutputStream() {
                                return bytes;
                            }
                        };
                    }
                };
        if (!compiler.getTask(null, files, null, List.of("--release", "17"), null, List.of(text))
                .call()) {
            throw new IllegalStateException(source);
        }
        return bytes.toByteArray();
    }
}
