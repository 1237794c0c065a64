package io.dagshell.engine.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

final class DigestPropertiesTest {

    record Leaf(String text, double decimal, Optional<Long> maybe) {}

    record Everything(
            int number,
            List<Leaf> leaves,
            Map<String, List<Integer>> map,
            Set<Leaf> set,
            BigDecimal money,
            Instant when,
            float single,
            char letter) {}

    /** Few enough that equal ones meet. */
    @Provide
    Arbitrary<Leaf> smallLeaves() {
        return Combinators.combine(
                        Arbitraries.of("", "a", "b", "ab", "\uD800"),
                        Arbitraries.of(0.0, -0.0, Double.NaN, 1.0),
                        Arbitraries.of(Optional.<Long>empty(), Optional.of(0L), Optional.of(1L)))
                .as(Leaf::new);
    }

    @Property(tries = 200)
    void digests_are_equal_when_their_bytes_are(@ForAll @Size(32) byte[] one, @ForAll @Size(32) byte[] other) {
        assertThat(Digest.of(one)).isEqualTo(Digest.of(one.clone())).hasSameHashCodeAs(Digest.of(one.clone()));
        assertThat(Digest.of(one).equals(Digest.of(other))).isEqualTo(Arrays.equals(one, other));
        assertThat(Digest.of(one)).isNotEqualTo(Digest.of(one).hex());
    }

    @Provide
    Arbitrary<List<Leaf>> smallLists() {
        return smallLeaves().list().ofMaxSize(3);
    }

    @Provide
    Arbitrary<Everything> everything() {
        Arbitrary<Leaf> leaves = Combinators.combine(
                        Arbitraries.strings().ofMaxLength(10),
                        Arbitraries.doubles(),
                        Arbitraries.longs().optional())
                .as(Leaf::new);
        Arbitrary<List<Integer>> numbers = Arbitraries.integers().list().ofMaxSize(4);
        return Combinators.combine(
                        Arbitraries.integers(),
                        leaves.list().ofMaxSize(4),
                        Arbitraries.maps(Arbitraries.strings().ofMaxLength(4), numbers)
                                .ofMaxSize(5),
                        leaves.set().ofMaxSize(4),
                        Arbitraries.bigDecimals(),
                        Arbitraries.longs().map(Instant::ofEpochMilli),
                        Arbitraries.floats(),
                        Arbitraries.chars())
                .as(Everything::new);
    }

    @Property
    void digests_are_equal_exactly_when_values_are(@ForAll("smallLeaves") Leaf one, @ForAll("smallLeaves") Leaf other) {
        assertThat(Trip.digest(one, Leaf.class).equals(Trip.digest(other, Leaf.class)))
                .isEqualTo(one.equals(other));
    }

    @Property
    void digests_of_lists_are_equal_exactly_when_the_lists_are(
            @ForAll("smallLists") List<Leaf> one, @ForAll("smallLists") List<Leaf> other) {
        Everything first = holding(one);
        Everything second = holding(other);

        assertThat(Trip.digest(first, Everything.class).equals(Trip.digest(second, Everything.class)))
                .isEqualTo(first.equals(second));
    }

    private static Everything holding(List<Leaf> leaves) {
        return new Everything(0, leaves, Map.of(), Set.copyOf(leaves), BigDecimal.ONE, Instant.EPOCH, 0, 'a');
    }

    @Property(tries = 500)
    void a_value_comes_back_equal_and_with_an_equal_digest(@ForAll("everything") Everything value) throws IOException {
        Object back = Trip.there(value, Everything.class);

        assertThat(back).isEqualTo(value);
        assertThat(Trip.digest(back, Everything.class)).isEqualTo(Trip.digest(value, Everything.class));
    }

    @Property(tries = 200)
    void the_order_things_were_put_in_a_map_or_set_does_not_matter(@ForAll("everything") Everything value) {
        List<Map.Entry<String, List<Integer>>> entries =
                new ArrayList<>(value.map().entrySet());
        Collections.reverse(entries);
        Map<String, List<Integer>> backward = new LinkedHashMap<>();
        entries.forEach(entry -> backward.put(entry.getKey(), entry.getValue()));
        List<Leaf> leaves = new ArrayList<>(value.set());
        Collections.reverse(leaves);
        Everything other = new Everything(
                value.number(),
                value.leaves(),
                backward,
                new LinkedHashSet<>(leaves),
                value.money(),
                value.when(),
                value.single(),
                value.letter());

        assertThat(Trip.digest(other, Everything.class)).isEqualTo(Trip.digest(value, Everything.class));
    }

    interface Declared {
        LinkedHashMap<String, Integer> map();

        LinkedHashSet<String> set();
    }

    @Provide
    Arbitrary<List<String>> fewNames() {
        return Arbitraries.of("a", "b", "c").list().uniqueElements().ofMaxSize(3);
    }

    @Property
    void the_order_of_what_is_declared_linked_counts(
            @ForAll("fewNames") List<String> one, @ForAll("fewNames") List<String> other) throws IOException {
        assertThat(digestOf("set", new LinkedHashSet<>(one)).equals(digestOf("set", new LinkedHashSet<>(other))))
                .isEqualTo(one.equals(other));
        assertThat(digestOf("map", linked(one)).equals(digestOf("map", linked(other))))
                .isEqualTo(one.equals(other));
        Object back = Trip.there(linked(one), Trip.typeOf(Declared.class, "map"));
        assertThat(digestOf("map", Objects.requireNonNull(back))).isEqualTo(digestOf("map", linked(one)));
    }

    private static String digestOf(String method, Object value) {
        return Trip.digest(value, Trip.typeOf(Declared.class, method));
    }

    private static Map<String, Integer> linked(List<String> names) {
        Map<String, Integer> map = new LinkedHashMap<>();
        names.forEach(name -> map.put(name, name.length()));
        return map;
    }
}
