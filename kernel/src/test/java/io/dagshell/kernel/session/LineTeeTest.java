package io.dagshell.kernel.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineTeeTest {
    private static final String PART = "é€🚕".repeat(1_000);

    private final List<String> lines = new ArrayList<>();
    private final LineTee tee = new LineTee((error, text) -> lines.add(text));

    private void print(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        tee.write(false, bytes, 0, bytes.length);
    }

    @Test
    void what_never_ends_a_line_is_told_in_parts() {
        for (int i = 0; i < 60; i++) {
            print(PART);
        }
        assertThat(lines).hasSize(3).allSatisfy(line -> assertThat(line).hasSizeBetween(65_537, 70_000));
        tee.close();
        assertThat(String.join("", lines)).isEqualTo(PART.repeat(60));
    }

    @Test
    void the_end_of_a_long_line_is_no_line_of_its_own() {
        String whole = PART.repeat(17);
        print(whole);
        print("\r\n");
        print("next\n");
        assertThat(lines).containsExactly(whole, "next");
    }
}
