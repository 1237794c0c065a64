package io.dagshell.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.TextNode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JavaLiteralTest {

    @Test
    void values_are_expressions_of_their_type() throws JsonProcessingException {
        assertThat(literal("int", "2021")).isEqualTo("2021");
        assertThat(literal("long", "5")).isEqualTo("5L");
        assertThat(literal("boolean", "true")).isEqualTo("true");
        assertThat(literal("java.lang.String", "\"a\\\"b\\\\n\\n\"")).isEqualTo("\"a\\\"b\\\\n\\n\"");
        assertThat(literal("java.time.LocalDate", "\"2021-01-02\""))
                .isEqualTo("java.time.LocalDate.parse(\"2021-01-02\")");
        assertThat(literal("java.util.List<java.lang.Integer>", "[1, 2]")).isEqualTo("java.util.List.of(1, 2)");
        assertThat(literal("java.util.Map<java.lang.String, java.util.List<java.lang.Long>>", "{\"a\": [1]}"))
                .isEqualTo("java.util.Map.ofEntries(java.util.Map.entry(\"a\", java.util.List.of(1L)))");
        assertThat(literal("Color", "\"GREEN\"")).isEqualTo("Color.valueOf(\"GREEN\")");
        assertThat(literal("java.lang.Integer", "null")).isEqualTo("null");
    }

    @Test
    void a_type_without_an_expression_is_refused() {
        assertThatThrownBy(() -> literal("tech.tablesaw.api.Table", "{}"))
                .hasMessage("A value of type tech.tablesaw.api.Table cannot be given to a notebook as a parameter.");
    }

    @Property
    void any_text_is_the_same_text_in_java(@ForAll String text) {
        String literal = JavaLiteral.of("java.lang.String", new TextNode(text));

        String content = literal.substring(1, literal.length() - 1);
        assertThat(content.translateEscapes()).isEqualTo(text);
        assertThat(content).doesNotContain("\n", "\r");
    }

    private static String literal(String type, String json) throws JsonProcessingException {
        return JavaLiteral.of(type, NotebookJson.MAPPER.readTree(json));
    }
}
