package io.dagshell.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class RunIdTest {
    private static final long FAR = 253_402_300_799_000L;

    @Property
    void ids_sort_by_the_millisecond_they_were_made_in_also_as_text(
            @ForAll @LongRange(min = 0, max = FAR) long first, @ForAll @LongRange(min = 0, max = FAR) long second) {
        RunId one = RunId.create(Instant.ofEpochMilli(first));
        RunId two = RunId.create(Instant.ofEpochMilli(second));

        if (first != second) {
            assertThat(Integer.signum(one.compareTo(two))).isEqualTo(Long.compare(first, second));
            assertThat(Integer.signum(one.toString().compareTo(two.toString()))).isEqualTo(Long.compare(first, second));
        }
        assertThat(RunId.parse(one.toString())).isEqualTo(one);
        assertThat(one.value().version()).isEqualTo(7);
        assertThat(one.value().variant()).isEqualTo(2);
    }

    @Example
    void ids_of_one_millisecond_differ() {
        Set<RunId> ids = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            ids.add(RunId.create(Instant.EPOCH));
        }
        assertThat(ids).hasSize(10_000);
    }

    @Example
    void an_id_is_equal_to_the_one_read_from_its_text_and_to_no_other() {
        RunId id = RunId.create(Instant.now());

        assertThat(RunId.parse(id.toString())).isEqualTo(id).hasSameHashCodeAs(id);
        assertThat(RunId.create(Instant.now())).isNotEqualTo(id);
        assertThat(id).isNotEqualTo(id.value());
    }
}
