package io.dagshell.magics.closure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Digests of a notebook that uses most of the language, written down: the same on every JDK, and the same after a change
 * of this code that is not meant to make every cached result stale. Where one is, raise the cache schema.
 */
class GoldenKeysTest {

    @Test
    void digests_of_code_are_what_they_were() throws IOException {
        String notebook = resource("golden.txt");
        Map<String, String> parts = Cells.of(notebook.split("(?m)^----\n")).parts("everything");
        String told = parts.entrySet().stream()
                .map(part -> part.getValue().substring(0, 16) + " " + part.getKey())
                .collect(Collectors.joining("\n", "", "\n"));
        assertThat(told).isEqualTo(resource("golden-digests.txt"));
    }

    @Test
    void pattern_labels_are_code_not_text() {
        List<String> cells = List.of(
                "sealed interface Node permits Leaf, Branch {}",
                "record Leaf(int n) implements Node {}",
                "record Branch(Node left, Node right) implements Node {}");
        String one = "int h(Node node) { return switch (node) { case Leaf(int n) when n > %d -> n; case Leaf l -> 0;"
                + " case Branch(Leaf(var a), var b) -> a; case Branch b -> 2; }; }";
        String spaced = one.replace("Leaf(int n)", "Leaf( int  n /* rows */ )").replace("n > %d", "(n > %d)");
        if (Runtime.version().feature() < 21) {
            return;
        }
        assertThat(patterns(cells, one.formatted(1)))
                .isEqualTo(patterns(cells, spaced.formatted(1)))
                .isNotEqualTo(patterns(cells, one.formatted(2)))
                .isNotEqualTo(patterns(cells, one.formatted(1).replace("case Leaf l", "case Leaf m")))
                .containsKeys("record Leaf", "record Branch", "interface Node");
    }

    private static Map<String, String> patterns(List<String> cells, String helper) {
        return Cells.ofBody("return h(new Leaf(n));", cells.get(0), cells.get(1), cells.get(2), helper);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = GoldenKeysTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
