package io.dagshell.kernel.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dagshell.kernel.assist.JavaScope.Declared;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectionTest {
    private static final JavaAssist ASSIST = new JavaAssist();
    private static final List<String> IMPORTS = List.of("import java.util.*;");

    private static Optional<Found> at(JavaScope scope, String text) {
        int cursor = text.indexOf('|');
        return ASSIST.inspect(scope, text.substring(0, cursor) + text.substring(cursor + 1), cursor, true);
    }

    private static JavaScope scope(Declared... declared) {
        return new JavaScope(IMPORTS, List.of(declared), List.of());
    }

    private static String face(String text, Declared... declared) {
        return at(scope(declared), text).map(Found::face).orElse("");
    }

    @Test
    void a_method_shows_its_face_as_the_receiver_has_it() {
        Declared map = new Declared("m", "Map<String, Integer> m", true);
        assertEquals("public abstract Integer get(Object)", face("m.ge|t(\"a\")", map));
        assertEquals("public String substring(int)", face("\"\".substring|(1)"));
    }

    @Test
    void inside_parentheses_the_method_is_meant() {
        assertEquals(
                "public static int parseInt(String) throws NumberFormatException", face("Integer.parseInt(\"1\"|)"));
        assertTrue(face("Integer.parseInt(|").startsWith("public static int parseInt("));
        assertTrue(face("new ArrayList<String>(|)").startsWith("public ArrayList("));
    }

    @Test
    void where_arguments_do_not_fit_all_overloads_show() {
        String face = face("\"\".substring(\"no\"|)");
        assertTrue(face.contains("substring(int)") && face.contains("substring(int, int)"), face);
    }

    @Test
    void types_and_variables_show() {
        assertTrue(face("Arr|ayList<String> a;")
                .startsWith("public class java.util.ArrayList<E> extends AbstractList<E>"));
        assertEquals("String word", face("wo|rd", new Declared("word", "String word", true)));
        assertEquals("List<Integer> list", face("var list = List.of(1);\nli|st.size()"));
        assertTrue(at(scope(new Declared("word", "String word", true)), "wo|rd")
                .orElseThrow()
                .variable());
        assertFalse(at(scope(), "var a = 1;\n|a").orElseThrow().variable());
    }

    @Test
    void a_declaration_of_the_session_shows_with_its_own_comment() {
        Declared method = new Declared(
                "twice",
                "/** Doubles.\n * @param x what */\nint twice(int x) throws Exception { return 2 * x; }",
                false);
        Found found = at(scope(method), "twi|ce(1)").orElseThrow();
        assertEquals("int twice(int x) throws Exception", found.face());
        assertEquals(
                "Doubles.", found.documentation().text().lines().findFirst().orElse(""));
        Declared type = new Declared("Trip", "record Trip(int n, String s) {}", false);
        assertEquals("final record Trip(int n, String s)", face("Tr|ip t;", type));
    }

    @Test
    void what_belongs_to_the_jdk_has_a_link() {
        String link = at(scope(), "\"\".sub|string(1)").orElseThrow().link();
        assertTrue(link.endsWith("/api/java.base/java/lang/String.html#substring(int)"), link);
        String format = at(scope(), "String.for|mat(\"%s\", 1)").orElseThrow().link();
        assertTrue(format.endsWith("#format(java.lang.String,java.lang.Object...)"), format);
        String generic = at(scope(), "new ArrayList<String>().toAr|ray(new String[0])")
                .orElseThrow()
                .link();
        assertTrue(generic.endsWith("#toArray(T[])"), generic);
        String nested =
                at(scope(), "Map.Ent|ry<String, String> e;").orElseThrow().link();
        assertTrue(nested.endsWith("/java/util/Map.Entry.html"), nested);
    }

    @Test
    void the_jdk_documents_itself_where_its_sources_are() {
        assumeTrue(Files.isRegularFile(Path.of(System.getProperty("java.home"), "lib", "src.zip")));
        Documentation documentation =
                at(scope(), "\"\".sub|string(1)").orElseThrow().documentation();
        assertTrue(documentation.text().contains("substring"), documentation.text());
        assertTrue(documentation.html().contains("<code>"), documentation.html());
    }

    @Test
    void a_library_is_documented_by_the_sources_beside_it(@TempDir Path folder) throws Exception {
        String source = """
                package lib;
                /** Greets & says <script>bad()</script>hello. */
                public class Greeter {
                    /**
                     * Greets {@code name} < all.
                     * @param names whom
                     * @return a greeting
                     */
                    public <T> String greet(java.util.List<? extends T> names, int... times) { return ""; }
                }
                """;
        Path jar = library(folder, source);
        JavaScope scope = new JavaScope(List.of("import lib.*;"), List.of(), List.of(jar.toString()));
        Found found = at(scope, "new Greeter().gre|et(null, 1)").orElseThrow();
        assertTrue(found.face().startsWith("public <T> String greet(List<? extends T>"), found.face());
        assertTrue(
                found.documentation().text().contains("Greets name < all."),
                found.documentation().text());
        assertTrue(
                found.documentation().html().contains("<dt><code>names</code></dt>"),
                found.documentation().html());
        Documentation ofClass = at(scope, "Gree|ter g;").orElseThrow().documentation();
        assertFalse(ofClass.html().contains("<script"), ofClass.html());
    }

    @Test
    void a_library_without_sources_is_documented_by_its_javadoc_archive(@TempDir Path folder) throws Exception {
        Path jar = library(folder, """
                package lib;
                /** Greets &amp; says <script>bad()</script>hello. {@link Object Other} things too. */
                public class Greeter {
                    /** How <b>often</b>. */
                    public static final int TIMES = 2;
                    /** Makes one. */
                    public Greeter() {}
                    /**
                     * Greets {@code name} &lt; all.
                     * @param names whom
                     * @return a greeting
                     */
                    public <T> String greet(java.util.List<? extends T> names, int... times) { return ""; }
                    /** Not this one. */
                    public String greet(String[] other) { return ""; }
                    /** Inside. */
                    public static class Nested {}
                }
                """);
        Files.delete(folder.resolve("g-sources.jar"));
        javadoc(folder);
        JavaScope scope = new JavaScope(List.of("import lib.*;"), List.of(), List.of(jar.toString()));

        Documentation method =
                at(scope, "new Greeter().gre|et(null, 1)").orElseThrow().documentation();
        assertTrue(method.text().startsWith("Greets name < all."), method.text());
        assertTrue(method.text().contains("whom") && method.text().contains("a greeting"), method.text());
        assertFalse(method.text().contains("Not this one"), method.text());
        assertTrue(method.html().contains("<code>name</code>"), method.html());
        assertFalse(method.html().contains("class="), method.html());
        assertEquals(
                "Not this one.",
                at(scope, "new Greeter().gre|et(new String[0])")
                        .orElseThrow()
                        .documentation()
                        .text());
        Documentation ofClass = at(scope, "Gree|ter g;").orElseThrow().documentation();
        assertTrue(ofClass.text().startsWith("Greets & says"), ofClass.text());
        assertTrue(ofClass.text().contains("Other things too"), ofClass.text());
        assertFalse(ofClass.html().contains("script") || ofClass.html().contains("href"), ofClass.html());
        assertFalse(ofClass.html().contains("bad()"), ofClass.html());
        String field = at(scope, "Greeter.TIM|ES").orElseThrow().documentation().text();
        assertTrue(field.startsWith("How often."), field);
        assertEquals(
                "Inside.",
                at(scope, "Greeter.Nes|ted n;").orElseThrow().documentation().text());
        assertEquals(
                "Makes one.",
                at(scope, "new Gree|ter()").orElseThrow().documentation().text());
    }

    /** By the tool of the Java that runs this. */
    private static void javadoc(Path folder) throws IOException {
        Path pages = folder.resolve("pages");
        int failed = java.util.spi.ToolProvider.findFirst("javadoc")
                .orElseThrow()
                .run(
                        new java.io.PrintStream(OutputStream.nullOutputStream()),
                        new java.io.PrintStream(OutputStream.nullOutputStream()),
                        "-quiet",
                        "-Xdoclint:none",
                        "--allow-script-in-comments",
                        "-d",
                        pages.toString(),
                        folder.resolve("src/lib/Greeter.java").toString());
        assertEquals(0, failed);
        zip(folder.resolve("g-javadoc.jar"), pages);
    }

    private static Path library(Path folder, String source) throws IOException {
        Path file = Files.createDirectories(folder.resolve("src/lib")).resolve("Greeter.java");
        Files.writeString(file, source);
        ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", folder.resolve("out").toString(), file.toString());
        zip(folder.resolve("g.jar"), folder.resolve("out"));
        zip(folder.resolve("g-sources.jar"), folder.resolve("src"));
        return folder.resolve("g.jar");
    }

    private static void zip(Path archive, Path root) throws IOException {
        try (OutputStream bytes = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(bytes);
                Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(root.relativize(file).toString()));
                zip.write(Files.readAllBytes(file));
            }
        }
    }

    @Test
    void a_method_shows_without_its_parentheses() {
        Declared method =
                new Declared("twice", "/** Doubles.\n * @param x what */\nint twice(int x) { return 2 * x; }", false);
        Declared other = new Declared("twice", "String twice(String s) { return s + s; }", false);
        assertEquals("int twice(int x)", face("twi|ce", method));
        assertEquals("int twice(int x)\nString twice(String s)", face("twice|", method, other));
        assertEquals("int twice(int x)", face("int y = twi|ce", method));
        assertEquals("int twice(int x)", face("int a = 1;\ntwi|ce\nint b = 2;", method));
        assertEquals("int twice(int x)", face("int a = 1;\ntwi|ce;", method));
        assertTrue(face("Array|List").startsWith("public class java.util.ArrayList"), face("Array|List"));
        assertEquals("", face("nobody|", method));
        assertTrue(
                at(scope(method), "twice|").orElseThrow().documentation().text().startsWith("Doubles."));
        assertTrue(face("\"\".substr|ing").contains("substring(int, int)"), face("\"\".substr|ing"));
        JavaScope imported = new JavaScope(List.of("import static java.lang.Math.*;"), List.of(), List.of());
        assertTrue(at(imported, "flo|orDiv").orElseThrow().face().contains("floorDiv(long, int)"));
    }

    @Test
    void nothing_is_said_of_what_is_no_name() {
        assertEquals(Optional.empty(), at(scope(), "\"te|xt\""));
        assertEquals(Optional.empty(), at(scope(), "1 + 1 |"));
        assertEquals(Optional.empty(), at(scope(), "unkno|wn"));
    }
}
