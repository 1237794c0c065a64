package io.dagshell.kernel.assist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class MentionedTest {
    @Test
    void a_name_is_a_whole_word_anywhere_in_the_text() {
        Mentioned mentioned = Mentioned.in("a1.b(\"c d\" /* e */) + 2f + größe + $x_");
        for (String name : Set.of("a1", "b", "c", "d", "e", "größe", "$x_")) {
            assertThat(mentioned.has(name)).as(name).isTrue();
        }
        assertThat(mentioned.has("a")).isFalse();
        assertThat(Mentioned.in("int n = true ? 1 : null;").names().orElseThrow())
                .containsExactly("n");
        assertThat(mentioned.has("x_")).isFalse();
    }

    @Test
    void where_a_name_may_be_hidden_every_name_counts() {
        for (String text : Set.of("\\u0061 + 1", "li\u200bst", "\\uuu0061")) {
            assertThat(Mentioned.in(text).has("anything")).as(text).isTrue();
        }
        assertThat(Mentioned.in("\"\\n\"").has("anything")).isFalse();
    }
}
