package io.dagshell.magics.header;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.kernel.session.KernelExtension.Suggestion;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeaderCompletionTest {

    @Test
    void options_not_given_yet_are_offered() {
        assertThat(texts("%%task retries=3 re|")).containsExactly("retryDelay=", "retryJitter=", "retryOn=");
        assertThat(texts("%%task c|\nint f() { return 1; }")).containsExactly("cache");
        assertThat(texts("%%flow |")).contains("concurrency=", "name=").doesNotContain("cache", "effect");
    }

    @Test
    void the_magic_itself_is_offered() {
        assertThat(texts("%%ta|")).containsExactly("%%task");
        assertThat(texts("%%|")).containsExactly("%%task", "%%flow", "%%params");
    }

    @Test
    void a_suggestion_replaces_what_was_typed_of_it() {
        Suggestion suggestion = HeaderCompletion.at("%%task retr", 11).get(0);

        assertThat(suggestion.start()).isEqualTo(7);
        assertThat(suggestion.description()).isEqualTo("retries=3: attempts after the first");
    }

    @Test
    void outside_the_header_nothing_is_offered() {
        assertThat(texts("%%task\nint r|")).isEmpty();
        assertThat(texts("int r|")).isEmpty();
        assertThat(texts("%%task retries=|")).isEmpty();
        assertThat(texts("|")).isEmpty();
    }

    private static List<String> texts(String marked) {
        int offset = marked.indexOf('|');
        return HeaderCompletion.at(marked.replace("|", ""), offset).stream()
                .map(Suggestion::text)
                .toList();
    }
}
