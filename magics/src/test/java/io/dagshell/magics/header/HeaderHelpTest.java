package io.dagshell.magics.header;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeaderHelpTest {
    private static final String CELL = "%%task retries=3 cache\nint cache(int retries) { return retries; }";

    @Test
    void the_option_under_the_cursor_is_explained() {
        for (int at : new int[] {7, 10, 14, 16}) {
            assertThat(HeaderHelp.at(CELL, at)).as("%s", at).hasValue("retries=3\n\nattempts after the first");
        }
        assertThat(HeaderHelp.at(CELL, 22))
                .hasValueSatisfying(help -> assertThat(help).contains("input hash"));
    }

    @Test
    void what_is_no_option_of_the_cell_is_not() {
        assertThat(HeaderHelp.at(CELL, CELL.indexOf("retries)") + 3)).isEmpty();
        assertThat(HeaderHelp.at("%%flow cache", 9)).isEmpty();
        assertThat(HeaderHelp.at("int cache = 1;", 6)).isEmpty();
        assertThat(HeaderHelp.at("%%bash cache", 9)).isEmpty();
        assertThat(HeaderHelp.magics().get("%%task")).contains("retries=3: attempts after the first");
    }
}
