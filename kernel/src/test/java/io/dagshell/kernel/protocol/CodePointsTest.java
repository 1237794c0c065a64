package io.dagshell.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class CodePointsTest {

    @Example
    void an_emoji_is_one_position_and_two_units() {
        String code = "\uD83D\uDE00.x";

        assertThat(CodePoints.toUnits(code, 1)).isEqualTo(2);
        assertThat(CodePoints.toUnits(code, 3)).isEqualTo(4);
        assertThat(CodePoints.ofUnits(code, 4)).isEqualTo(3);
    }

    @Example
    void a_position_outside_is_the_nearest_end() {
        assertThat(CodePoints.toUnits("ab", 99)).isEqualTo(2);
        assertThat(CodePoints.toUnits("ab", -1)).isZero();
    }

    @Property
    void positions_go_there_and_back(@ForAll String text, @ForAll int anywhere) {
        int position = Math.floorMod(anywhere, text.codePointCount(0, text.length()) + 1);

        assertThat(CodePoints.ofUnits(text, CodePoints.toUnits(text, position))).isEqualTo(position);
    }
}
