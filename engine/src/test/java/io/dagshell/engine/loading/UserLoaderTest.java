package io.dagshell.engine.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserLoaderTest {
    private static final String JACKSON = "com.fasterxml.jackson.databind.ObjectMapper";

    private static final String DRIVER =
            "package nb; public class Driver {" + " static { System.setProperty(\"nb.driver\", \"registered\"); } }";

    @TempDir
    Path folder;

    private Path jar;

    @BeforeEach
    void a_jar_with_another_jackson() throws IOException {
        jar = jar(
                Map.of(
                        JACKSON,
                        "package com.fasterxml.jackson.databind; public class ObjectMapper {"
                                + " public String toString() { return \"the user's own\"; } }",
                        "io.dagshell.engine.Dag",
                        "package io.dagshell.engine; public class Dag {}",
                        "nb.Reader",
                        "package nb; public class Reader {"
                                + " public static String read() { return new com.fasterxml.jackson.databind.ObjectMapper().toString(); } }"));
    }

    @Test
    void a_declared_jackson_is_used_and_not_dagshells() throws Exception {
        try (UserLoader loader = new UserLoader(List.of(jar), getClass().getClassLoader())) {
            Object text = loader.loadClass("nb.Reader").getMethod("read").invoke(null);

            assertThat(text).isEqualTo("the user's own");
            assertThat(loader.loadClass(JACKSON)).isNotSameAs(Class.forName(JACKSON));
        }
    }

    @Test
    void dagshells_own_jackson_is_not_seen_when_none_is_declared() throws Exception {
        try (UserLoader loader = new UserLoader(List.of(), getClass().getClassLoader())) {
            assertThatThrownBy(() -> loader.loadClass(JACKSON)).isInstanceOf(ClassNotFoundException.class);
            assertThatThrownBy(() -> loader.loadClass("dev.failsafe.Failsafe"))
                    .isInstanceOf(ClassNotFoundException.class);
            assertThat(loader.getResource("dev/failsafe/Failsafe.class")).isNull();
        }
    }

    @Test
    void the_api_is_the_products_whatever_a_jar_holds() throws Exception {
        try (UserLoader loader = new UserLoader(List.of(jar), getClass().getClassLoader())) {
            assertThat(loader.loadClass("io.dagshell.engine.Dag")).isSameAs(io.dagshell.engine.Dag.class);
            assertThat(loader.getResource("io/dagshell/engine/Dag.class"))
                    .isEqualTo(getClass().getClassLoader().getResource("io/dagshell/engine/Dag.class"));
        }
    }

    @Test
    void the_whole_jdk_is_seen() throws Exception {
        try (UserLoader loader = new UserLoader(List.of(), getClass().getClassLoader())) {
            assertThat(loader.loadClass("java.sql.Connection")).isSameAs(java.sql.Connection.class);
            assertThat(loader.loadClass("javax.tools.JavaCompiler")).isSameAs(JavaCompiler.class);
            assertThat(loader.loadClass("com.sun.source.tree.Tree").getModule().getName())
                    .isEqualTo("jdk.compiler");
        }
    }

    @Test
    void a_jar_declared_later_is_seen_from_then_on() throws Exception {
        try (UserLoader loader = new UserLoader(List.of(), getClass().getClassLoader())) {
            assertThatThrownBy(() -> loader.loadClass("nb.Reader")).isInstanceOf(ClassNotFoundException.class);

            loader.add(List.of(jar));

            assertThat(loader.loadClass("nb.Reader").getClassLoader()).isSameAs(loader);
        }
    }

    @Test
    void services_of_the_products_libraries_are_hidden_and_those_of_the_api_are_not() throws Exception {
        try (UserLoader loader = new UserLoader(List.of(), getClass().getClassLoader())) {
            assertThat(getClass()
                            .getClassLoader()
                            .getResource("META-INF/services/com.fasterxml.jackson.core.JsonFactory"))
                    .isNotNull();
            assertThat(Collections.list(
                            loader.getResources("META-INF/services/com.fasterxml.jackson.core.JsonFactory")))
                    .isEmpty();
        }
    }

    @Test
    void a_database_driver_declared_late_is_known_to_the_driver_manager() throws Exception {
        // The JDK has looked for drivers by now, as it has in a running kernel.
        assertThat(DriverManager.drivers()).isNotNull();
        Path drivers = folder.resolve("drivers.jar");
        Files.move(jar(Map.of("nb.Driver", DRIVER)), drivers);
        try (FileSystem zip = FileSystems.newFileSystem(drivers)) {
            Files.createDirectories(zip.getPath("META-INF/services"));
            Files.writeString(zip.getPath("META-INF/services/java.sql.Driver"), "nb.Driver # ours\nnb.Missing\n");
        }
        try (UserLoader loader = new UserLoader(List.of(), getClass().getClassLoader())) {
            loader.add(List.of(drivers));

            assertThat(System.getProperty("nb.driver")).isEqualTo("registered");
        }
    }

    @Test
    void a_module_of_tablesaw_that_the_product_does_not_have_may_be_declared() throws Exception {
        Path html = jar(Map.of("tech.tablesaw.io.html.Page", "package tech.tablesaw.io.html; public class Page {}"));
        try (UserLoader loader = new UserLoader(List.of(html), getClass().getClassLoader())) {
            assertThat(loader.loadClass("tech.tablesaw.io.html.Page").getClassLoader())
                    .isSameAs(loader);
        }
    }

    private Path jar(Map<String, String> sources) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<JavaFileObject> units = sources.entrySet().stream()
                .<JavaFileObject>map(source -> unit(source.getKey(), source.getValue()))
                .toList();
        assertThat(compiler.getTask(null, null, null, List.of("-d", classes.toString()), null, units)
                        .call())
                .isTrue();
        Path made = folder.resolve("user.jar");
        try (OutputStream out = Files.newOutputStream(made);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, entries);
                entries.closeEntry();
            }
        }
        return made;
    }

    private static JavaFileObject unit(String name, String source) {
        return new SimpleJavaFileObject(
                URI.create("string:///" + name.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }
}
