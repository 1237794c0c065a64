package io.dagshell.magics.closure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibrariesTest {
    private static final String USES = "%%task cache\nint t(int n) { return lib.Rates.of(n); }";
    private static final String USES_NONE = "%%task cache\nint t(int n) { return Math.max(n, 1); }";

    @TempDir
    Path folder;

    @Test
    void a_task_that_uses_an_added_jar_has_its_content_in_the_key() throws IOException {
        Path jar = jar("rates-1.jar", "return n;");
        Map<String, String> before = parts(USES, jar);
        assertThat(before).containsOnlyKeys("library rates-1.jar", "task t");
        assertThat(parts(USES, jar)).isEqualTo(before);

        jar("rates-1.jar", "return n + 1;");
        assertThat(parts(USES, jar)).isNotEqualTo(before);
    }

    @Test
    void a_task_that_uses_none_does_not_care_for_jars() throws IOException {
        assertThat(parts(USES_NONE, jar("rates-1.jar", "return n;"))).containsOnlyKeys("task t");
    }

    @Test
    void a_jar_used_by_a_helper_counts() throws IOException {
        List<String> classPath = List.of(jar("rates-1.jar", "return n;").toString());
        assertThat(Cells.of(
                                classPath,
                                "import lib.*;",
                                "int h(int n) { return Rates.of(n); }",
                                "%%task cache\n" + "int t(int n) { return h(n); }")
                        .names("t"))
                .containsExactly("helper h(int)", "library rates-1.jar", "task t");
    }

    private static Map<String, String> parts(String task, Path jar) {
        return Cells.of(List.of(jar.toString()), task).parts("t");
    }

    private Path jar(String name, String body) throws IOException {
        Path source = Files.createDirectories(folder.resolve("lib")).resolve("Rates.java");
        Files.writeString(source, "package lib; public class Rates { public static int of(int n) { " + body + " } }");
        List<String> arguments = new ArrayList<>(List.of("-d", folder.toString(), source.toString()));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        Path jar = folder.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("lib/Rates.class"));
            zip.write(Files.readAllBytes(folder.resolve("lib/Rates.class")));
        }
        return jar;
    }
}
