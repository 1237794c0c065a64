package io.dagshell.engine.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** The same key in the notebook and in the deployed flow, though the classes of cells have other names there. */
final class TypeNamesTest {
    private static final String BODY = """
            public class %s {
                public record Point(int x, int y) {}
                public enum Kind { FAST, SLOW }
                public sealed interface Shape permits Circle, Kind2 {}
                public record Circle(Point center, java.util.List<Kind> kinds) implements Shape {}
                public enum Kind2 implements Shape { NONE }
            }
            """;

    @Test
    void a_type_of_a_cell_has_one_name_and_one_digest_wherever_it_was_compiled() throws Exception {
        ClassLoader notebook = compile("REPL", "$JShell$12B");
        ClassLoader slice = compile("nb", "Cell3");
        Class<?> there = notebook.loadClass("REPL.$JShell$12B$Shape");
        Class<?> here = slice.loadClass("nb.Cell3$Shape");

        assertThat(TypeNames.canonical(there)).isEqualTo("Shape").isEqualTo(TypeNames.canonical(here));
        assertThat(TypeNames.shortName(there)).isEqualTo("Shape");
        assertThat(TypeShape.of(there, Trip.CODECS)).isEqualTo(TypeShape.of(here, Trip.CODECS));
        assertThat(Trip.digest(circle(notebook, "REPL.$JShell$12B$"), there))
                .isEqualTo(Trip.digest(circle(slice, "nb.Cell3$"), here));
    }

    @Test
    void a_value_stored_in_the_notebook_is_decoded_by_the_class_of_the_deployed_flow() throws Exception {
        ClassLoader notebook = compile("REPL", "$JShell$12B");
        ClassLoader slice = compile("nb", "Cell3");
        MemoryBlobs blobs = new MemoryBlobs();
        var stored = Trip.CODECS.encode(
                circle(notebook, "REPL.$JShell$12B$"), notebook.loadClass("REPL.$JShell$12B$Shape"), blobs);

        Object back = Trip.CODECS.decode(stored, slice.loadClass("nb.Cell3$Shape"), blobs);

        assertThat(back).isEqualTo(circle(slice, "nb.Cell3$"));
    }

    @Test
    void names_are_short_for_people_and_full_in_keys() {
        assertThat(TypeNames.canonical(Map.Entry[].class)).isEqualTo("java.util.Map$Entry[]");
        assertThat(TypeNames.shortName(Map.Entry.class)).isEqualTo("Map.Entry");
        assertThat(TypeNames.canonical(int[][].class)).isEqualTo("int[][]");
    }

    private static Object circle(ClassLoader loader, String prefix) throws ReflectiveOperationException {
        Constructor<?> point = loader.loadClass(prefix + "Point").getConstructor(int.class, int.class);
        Object fast = loader.loadClass(prefix + "Kind").getEnumConstants()[0];
        return loader.loadClass(prefix + "Circle")
                .getConstructors()[0]
                .newInstance(point.newInstance(1, 2), List.of(fast));
    }

    private static ClassLoader compile(String unit, String name) {
        Map<String, ByteArrayOutputStream> classes = new HashMap<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, null);
        JavaFileManager memory = new ForwardingJavaFileManager<>(standard) {
            @Override
            public JavaFileObject getJavaFileForOutput(
                    Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
                return new SimpleJavaFileObject(URI.create("memory:///" + className), kind) {
                    @Override
                    public OutputStream openOutputStream() {
                        return classes.computeIfAbsent(className, each -> new ByteArrayOutputStream());
                    }
                };
            }
        };
        String source = "package " + unit + "; " + BODY.formatted(name);
        JavaFileObject file =
                new SimpleJavaFileObject(
                        URI.create("memory:///" + unit + "/" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        assertThat(compiler.getTask(null, memory, null, List.of(), null, List.of(file))
                        .call())
                .isTrue();
        return new ClassLoader(TypeNamesTest.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String wanted) throws ClassNotFoundException {
                ByteArrayOutputStream bytes = classes.get(wanted);
                if (bytes == null) {
                    throw new ClassNotFoundException(wanted);
                }
                return defineClass(wanted, bytes.toByteArray(), 0, bytes.size());
            }
        };
    }
}
