package io.dagshell.engine.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** For any type of the closed set, nested in any way. */
final class CodecPropertiesTest {

    @Provide
    Arbitrary<TypedValues.Two> twoValues() {
        return TypedValues.twoOfOneType();
    }

    @Property(tries = 1_500, edgeCases = EdgeCasesMode.NONE)
    void a_value_comes_back_equal_and_with_an_equal_digest(@ForAll("twoValues") TypedValues.Two values)
            throws IOException {
        assertThat(Trip.CODECS.missing(values.type())).isEmpty();

        Object back = Trip.there(values.one(), values.type());

        assertThat(TypedValues.equal(back, values.one()))
                .as("%s instead of %s", back, values.one())
                .isTrue();
        assertThat(Trip.digest(back, values.type())).isEqualTo(Trip.digest(values.one(), values.type()));
    }

    @Property(tries = 1_500, edgeCases = EdgeCasesMode.NONE)
    void two_values_share_a_digest_exactly_when_they_are_equal(@ForAll("twoValues") TypedValues.Two values) {
        boolean same = Trip.digest(values.one(), values.type()).equals(Trip.digest(values.other(), values.type()));

        assertThat(same).isEqualTo(TypedValues.equal(values.one(), values.other()));
    }
}
