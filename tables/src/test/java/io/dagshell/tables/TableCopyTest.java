package io.dagshell.tables;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.engine.value.Changeable;
import io.dagshell.engine.value.Codec;
import io.dagshell.engine.value.Codecs;
import io.dagshell.engine.value.Digest;
import io.dagshell.engine.value.Sha256Sink;
import io.dagshell.engine.value.Sources;
import io.dagshell.engine.value.StandardCodecs;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Copies of tables, and what is said of them once they are changed. */
class TableCopyTest {
    private static final Codecs CODECS = StandardCodecs.with(new TableCodec());
    private static final Codec CODEC = CODECS.forType(Table.class).orElseThrow();

    private static Digest digest(Table table) {
        Sha256Sink sink = Sha256Sink.create(Sources.local());
        CODECS.digest(table, Table.class, sink);
        return sink.finish();
    }

    private static Table copy(Table table) {
        return (Table) CODEC.copy(table, Table.class, CODECS);
    }

    private static List<String> changes(Table before, Table copy) {
        return CODEC.changes(before, copy, Table.class, CODECS);
    }

    private static Table stored(Table table) {
        try {
            MemoryBlobs blobs = new MemoryBlobs();
            JsonNode form = CODECS.encode(table, Table.class, blobs);
            return (Table) Objects.requireNonNull(CODECS.decode(form, Table.class, blobs));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @Property(tries = 60)
    void a_value_changed_in_a_copy_is_told_by_its_column_and_not_seen_in_the_table(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int rows,
            @ForAll @IntRange(max = 10) int column,
            @ForAll boolean atRest) {
        Table made = SampleTables.random(seed, rows, 6);
        Digest before = digest(made);
        Table table = atRest ? stored(made) : made;
        Table copy = copy(table);
        assertThat(digest(copy)).isEqualTo(before);
        assertThat(changes(table, copy)).isEmpty();
        Column<?> changed = copy.column(column);
        int row = rows / 2;
        if (changed.isMissing(row)) {
            return;
        }
        changed.setMissing(row);
        assertThat(changes(table, copy)).containsExactly("changed column `" + changed.name() + "`");
        assertThat(digest(table)).isEqualTo(before);
    }

    @Property(tries = 30)
    void reading_every_value_of_a_copy_is_no_change(@ForAll long seed, @ForAll boolean atRest) {
        Table made = SampleTables.random(seed, 20, 6);
        Table table = atRest ? stored(made) : made;
        Table copy = copy(table);
        assertThat(copy.print()).isEqualTo(made.print());
        assertThat(copy.sortOn("int").rowCount()).isEqualTo(20);
        assertThat(changes(table, copy)).isEmpty();
    }

    @Test
    void columns_rows_names_and_order_are_told() {
        Table table = Table.create("t", IntColumn.create("a", 1, 2), IntColumn.create("b", 3, 4));
        assertThat(changes(table, copy(table).setName("u"))).containsExactly("changed the name");
        assertThat(changes(table, copy(table).addColumns(IntColumn.create("c", 5, 6))))
                .containsExactly("added column `c`");
        assertThat(changes(table, copy(table).removeColumns("a"))).containsExactly("removed column `a`");
        assertThat(changes(table, copy(table).reorderColumns("b", "a")))
                .containsExactly("changed the order of columns");
        Table renamed = copy(table);
        renamed.column("a").setName("x");
        assertThat(changes(table, renamed)).containsExactly("removed column `a`", "added column `x`");
        Table longer = copy(table);
        longer.append(copy(table));
        assertThat(changes(table, longer)).containsExactly("changed the number of rows");
        Table cleared = copy(table);
        cleared.clear();
        assertThat(changes(table, cleared)).containsExactly("changed the number of rows");
    }

    /** Half of a month of trips. */
    record Half(int month, Table trips) {}

    sealed interface Part permits Rows, Nothing {}

    record Rows(Table table) implements Part {}

    record Nothing() implements Part {}

    /** A record that holds others of its kind. */
    record Tree(String name, List<Tree> children) {}

    @SuppressWarnings("unused") // its types are looked at
    private record Holders(
            List<Table> list,
            Map<String, Table> map,
            Optional<Table> optional,
            Half record,
            Part sealed,
            Table[] array,
            Map.Entry<String, Table> entry,
            Map<String, List<Half>> deep,
            List<Tree> trees,
            Map<String, Integer> numbers) {}

    private static Type holder(String component) {
        return Arrays.stream(Holders.class.getRecordComponents())
                .filter(each -> each.getName().equals(component))
                .findFirst()
                .orElseThrow()
                .getGenericType();
    }

    private static Table table() {
        return Table.create(IntColumn.create("a", 1, 2));
    }

    /** A value that holds tables, how to reach one in its copy, and what is said when it was changed. */
    private record Held(String type, Object value, Function<Object, Table> reach, String said) {}

    private static final List<Held> HELD = List.of(
            new Held("list", List.of(table(), table()), copy -> (Table) ((List<?>) copy).get(1), " of item 2"),
            new Held(
                    "map",
                    new TreeMap<>(Map.of("x", table())),
                    copy -> (Table) ((Map<?, ?>) copy).get("x"),
                    " of entry `x`"),
            new Held("optional", Optional.of(table()), copy -> (Table) ((Optional<?>) copy).orElseThrow(), ""),
            new Held("record", new Half(1, table()), copy -> ((Half) copy).trips(), " of `trips`"),
            new Held("sealed", new Rows(table()), copy -> ((Rows) copy).table(), " of `table`"),
            new Held("array", new Table[] {table()}, copy -> ((Table[]) copy)[0], " of element 0"),
            new Held(
                    "entry",
                    Map.entry("k", table()),
                    copy -> (Table) ((Map.Entry<?, ?>) copy).getValue(),
                    " of the value"),
            new Held(
                    "deep",
                    Map.of("k", List.of(new Half(2, table()))),
                    copy -> ((Half) ((List<?>) ((Map<?, ?>) copy)
                                            .values()
                                            .iterator()
                                            .next())
                                    .get(0))
                            .trips(),
                    " of `trips` of item 1 of entry `k`"));

    static List<String> held() {
        return HELD.stream().map(Held::type).toList();
    }

    @ParameterizedTest
    @MethodSource("held")
    void a_table_inside_is_copied_and_its_change_told_with_its_place(String name) {
        Held held = HELD.stream()
                .filter(each -> each.type().equals(name))
                .findFirst()
                .orElseThrow();
        Type type = holder(name);

        Object copy = Changeable.copy(held.value(), type, CODECS);

        assertThat(Changeable.changes(held.value(), copy, type, CODECS)).isEmpty();
        held.reach().apply(Objects.requireNonNull(copy)).intColumn("a").set(0, 7);
        assertThat(Changeable.changes(held.value(), copy, type, CODECS))
                .containsExactly("changed column `a`" + held.said());
        assertThat(held.reach().apply(held.value()).intColumn("a").get(0)).isEqualTo(1);
    }

    @Test
    void what_was_taken_out_of_a_collection_is_told() {
        List<Table> list = new ArrayList<>(List.of(table(), table()));
        List<?> fewer = (List<?>) Objects.requireNonNull(Changeable.copy(list, holder("list"), CODECS));
        fewer.remove(1);
        assertThat(Changeable.changes(list, fewer, holder("list"), CODECS)).containsExactly("took item 2");
        Map<String, Table> map = new HashMap<>(Map.of("x", table()));
        Map<?, ?> emptied = (Map<?, ?>) Objects.requireNonNull(Changeable.copy(map, holder("map"), CODECS));
        emptied.clear();
        assertThat(Changeable.changes(map, emptied, holder("map"), CODECS)).containsExactly("took entry `x`");
    }

    @Test
    void values_without_tables_are_handed_on_as_they_are_and_a_type_within_itself_ends() {
        Map<String, Integer> numbers = Map.of("n", 1);
        assertThat(Changeable.copy(numbers, holder("numbers"), CODECS)).isSameAs(numbers);
        List<Tree> trees = List.of(new Tree("root", List.of()));
        assertThat(Changeable.copy(trees, holder("trees"), CODECS)).isSameAs(trees);
    }
}
