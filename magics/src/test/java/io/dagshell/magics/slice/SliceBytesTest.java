package io.dagshell.magics.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.magics.NotebookDefinitions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SliceBytesTest {
    private static final ClassLoader PARENT = SliceBytesTest.class.getClassLoader();
    private static final String[] NOTEBOOK = {
        "%%params\nString greeting = \"Grüße, 🌍\"; // to whom it may concern\nint times = Integer.getInteger(\"slice.times\", 2);",
        "%%task cache\nString once(String greeting) { return greeting + \"!\"; }",
        "%%flow\nString greet(String greeting, int times, long seed) { return once(greeting.repeat(times)); }",
        "%%flow\nString outer(String greeting) { return greet(greeting, 1, 2L); }"
    };

    @Test
    void a_slice_read_again_is_the_one_that_was_written() throws IOException {
        Slice slice = compile("outer");

        Slice read = SliceBytes.read(SliceBytes.write(slice));

        assertThat(read.manifest()).isEqualTo(slice.manifest());
        assertThat(read.classes().keySet()).isEqualTo(slice.classes().keySet());
        read.classes()
                .forEach((name, bytes) ->
                        assertThat(bytes).as(name).isEqualTo(slice.classes().get(name)));
        assertThat(SliceBytes.write(read)).isEqualTo(SliceBytes.write(slice));
    }

    @Test
    void its_defaults_are_those_of_the_day_it_is_used() throws IOException {
        Slice kept = SliceBytes.read(SliceBytes.write(compile("greet")));
        assertThat(defaults(kept)).containsExactly("\"Grüße, 🌍\"", "2", "none");

        System.setProperty("slice.times", "5");
        try {
            assertThat(defaults(kept.now(PARENT))).containsExactly("\"Grüße, 🌍\"", "5", "none");
        } finally {
            System.clearProperty("slice.times");
        }
        assertThat(defaults(kept.now(PARENT))).containsExactly("\"Grüße, 🌍\"", "2", "none");
    }

    @Test
    void a_default_that_throws_today_asks_for_compiling_anew() throws IOException {
        String[] texts = NOTEBOOK.clone();
        texts[0] = "%%params\nString greeting = System.getProperty(\"slice.greeting\", \"hello\").substring(1);";
        Slice kept = SliceBytes.read(SliceBytes.write(compile("outer", texts)));

        System.setProperty("slice.greeting", "");
        try {
            assertThatThrownBy(() -> kept.now(PARENT))
                    .isInstanceOf(StaleSliceException.class)
                    .cause()
                    .hasRootCauseInstanceOf(StringIndexOutOfBoundsException.class);
        } finally {
            System.clearProperty("slice.greeting");
        }
    }

    @Test
    void damaged_or_cut_bytes_are_refused_wherever_it_is() {
        byte[] bytes = SliceBytes.write(compile("greet"));
        for (int at = 0; at < bytes.length; at += 101) {
            byte[] flipped = bytes.clone();
            flipped[at] ^= 0x10;
            byte[] cut = Arrays.copyOf(bytes, at);
            assertThatThrownBy(() -> SliceBytes.read(flipped)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> SliceBytes.read(cut)).isInstanceOf(IOException.class);
        }
    }

    private static List<String> defaults(Slice slice) {
        return slice.manifest().parameters().stream()
                .map(each -> each.defaultJson().orElse("none"))
                .toList();
    }

    private static Slice compile(String flow, String... texts) {
        List<NotebookSource.Cell> cells = new ArrayList<>();
        for (String text : texts.length == 0 ? NOTEBOOK : texts) {
            cells.add(new NotebookSource.Cell(cells.size() + 1, text));
        }
        List<String> classPath = List.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator));
        return new SliceCompiler(new SliceCompiler.Settings(
                        List.of("import static io.dagshell.engine.Dag.*;"),
                        classPath,
                        PARENT,
                        new NotebookDefinitions(classPath),
                        graph -> "<svg>" + graph.nodes().size() + "</svg>"))
                .compile(new NotebookSource("greetings.ipynb", cells), flow);
    }
}
