package io.dagshell.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dagshell.engine.value.Codecs;
import io.dagshell.engine.value.Digest;
import io.dagshell.engine.value.Digested;
import io.dagshell.engine.value.Sha256Sink;
import io.dagshell.engine.value.Sources;
import io.dagshell.engine.value.StandardCodecs;
import io.dagshell.engine.value.UnsupportedValueException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

class TableCodecTest {
    private static final Codecs CODECS = StandardCodecs.with(new TableCodec());
    private final MemoryBlobs blobs = new MemoryBlobs();

    private static Digest digest(Table table) {
        Sha256Sink sink = Sha256Sink.create(Sources.local());
        CODECS.digest(table, Table.class, sink);
        return sink.finish();
    }

    private Table stored(Table table) throws IOException {
        JsonNode form = CODECS.encode(table, Table.class, blobs);
        JsonNode read = new ObjectMapper().readTree(form.toString());
        return (Table) Objects.requireNonNull(CODECS.decode(read, Table.class, blobs));
    }

    private static List<Object> values(Table table) {
        List<Object> values = new ArrayList<>();
        for (Column<?> column : table.columns()) {
            values.add(column.name() + " " + column.type().name());
            for (int row = 0; row < column.size(); row++) {
                values.add(column.isMissing(row) ? "missing" : column.get(row));
            }
        }
        return values;
    }

    private static void same(Table found, Table expected) {
        List<Object> all = values(expected);
        List<Object> back = values(found);
        assertThat(back).hasSameSizeAs(all);
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).equals(back.get(i))) {
                assertThat(back.get(i)).as("value " + i).isEqualTo(all.get(i));
            }
        }
        assertThat(digest(found)).isEqualTo(digest(expected));
    }

    @Property(tries = 60)
    void every_value_of_every_type_comes_back(
            @ForAll long seed, @ForAll @IntRange(max = 400) int rows, @ForAll @IntRange(min = 1, max = 500) int variety)
            throws IOException {
        Table table = SampleTables.random(seed, rows, variety);
        Table back = stored(table);
        assertThat(back.rowCount()).isEqualTo(rows);
        assertThat(digest(back)).isEqualTo(digest(table));
        assertThat(values(back)).isEqualTo(values(table));
        assertThat(digest(back)).as("computed from the values").isEqualTo(digest(table));
        assertThat(back.name()).isEqualTo(table.name());
        blobs.brief = true;
        Table brief = stored(table);
        blobs.brief = false;
        assertThat(values(brief)).as("kept for a run only").isEqualTo(values(table));
        assertThat(digest(brief)).isEqualTo(digest(table));
        assertThat(brief.name()).isEqualTo(table.name());
    }

    @Test
    void the_samples_have_a_column_of_every_type_of_tablesaw() {
        assertThat(SampleTables.random(1, 1, 1).columns().stream().map(Column::type))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ColumnType.values())
                        .filter(type -> type != ColumnType.SKIP)
                        .toList());
    }

    @Property(tries = 40)
    void one_other_value_in_a_column_of_any_type_is_another_table(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int rows) throws IOException {
        Table table = SampleTables.random(seed, rows, 50);
        Table other = SampleTables.random(seed + 1, rows, 50);
        int row = Math.floorMod(seed, rows);
        for (int i = 0; i < table.columnCount(); i++) {
            boolean missing = table.column(i).isMissing(row);
            boolean same = missing
                    ? other.column(i).isMissing(row)
                    : table.column(i).get(row).equals(other.column(i).get(row))
                            && !other.column(i).isMissing(row);
            Table changed = table.copy();
            if (other.column(i).isMissing(row)) {
                changed.column(i).setMissing(row);
            } else {
                set(changed.column(i), row, other.column(i).get(row));
            }
            String type = table.column(i).type().name();
            assertThat(digest(changed).equals(digest(table))).as(type).isEqualTo(same);
            assertThat(digest(stored(changed))).as(type).isEqualTo(digest(changed));
        }
    }

    @SuppressWarnings("unchecked")
    private static void set(Column<?> column, int row, Object value) {
        ((Column<Object>) column).set(row, value);
    }

    @Test
    void columns_longer_than_a_block_and_with_many_values_come_back() throws IOException {
        for (int variety : new int[] {300, 70_000, 1_000_000}) {
            Table table = SampleTables.random(7, 150_000, variety);
            Table back = stored(table);
            same(back, table);
        }
    }

    @Test
    void anything_that_differs_gives_another_digest() {
        Table table = Table.create("t", IntColumn.create("a", 1, 2), DoubleColumn.create("b", 0.5, 1.5));
        assertThat(List.of(
                                digest(table),
                                digest(table.copy().setName("u")),
                                digest(Table.create("t", table.column(1), table.column(0))),
                                digest(Table.create("t", table.column(0).copy().setName("c"), table.column(1))),
                                digest(Table.create("t", LongColumn.create("a", 1, 2), table.column(1))),
                                digest(Table.create("t", IntColumn.create("a", 2, 1), table.column(1))),
                                digest(table.first(1)),
                                digest(table.selectColumns("a")),
                                digest(Table.create(
                                        "t", IntColumn.create("a", 1, 2), DoubleColumn.create("b", 0.5, Double.NaN))))
                        .stream()
                        .distinct())
                .hasSize(9);
    }

    @Test
    void equal_content_gives_equal_digests_however_it_came_to_be() {
        StringColumn once = StringColumn.create("s", "x", "y", "", "x");
        StringColumn changed = StringColumn.create("s", "q", "y", "", "x");
        changed.set(0, "x");
        assertThat(digest(Table.create("t", changed))).isEqualTo(digest(Table.create("t", once)));
        double otherNan = Double.longBitsToDouble(0x7ff8000000000001L);
        assertThat(digest(Table.create("t", DoubleColumn.create("d", otherNan))))
                .isEqualTo(digest(Table.create("t", DoubleColumn.create("d", Double.NaN))));
        assertThat(digest(Table.create("t", DoubleColumn.create("d", -0.0))))
                .isNotEqualTo(digest(Table.create("t", DoubleColumn.create("d", 0.0))));
    }

    @Test
    void a_stored_table_is_not_read_for_its_shape_names_types_and_digest() throws IOException {
        Table table = SampleTables.random(3, 5_000, 4_000);
        Table back = stored(table);
        assertThat(Tables.describe(back)).isEqualTo("5,000 rows × 11 columns");
        assertThat(back.columnNames()).isEqualTo(table.columnNames());
        assertThat(back.types()).isEqualTo(table.types());
        assertThat(digest(back)).isEqualTo(digest(table));
        assertThat(blobs.reads).isZero();
        assertThat(back.intColumn("int").asList())
                .isEqualTo(table.intColumn("int").asList());
        assertThat(back.column(1).size()).isEqualTo(5_000);
        assertThat(back.column(2).size()).isEqualTo(5_000);
        assertThat(blobs.reads).isEqualTo(1);
    }

    @Test
    void a_stored_table_that_was_touched_does_not_trust_its_digest() throws IOException {
        Table table = Table.create("t", IntColumn.create("a", 1, 2), IntColumn.create("b", 3, 4));
        Table value = stored(table);
        value.intColumn("a").set(0, 9);
        assertThat(((Digested) value).contentDigest()).isEmpty();
        assertThat(digest(value)).isNotEqualTo(digest(table));
        Table name = stored(table);
        name.setName("u");
        assertThat(digest(name)).isNotEqualTo(digest(table));
        Table fewer = stored(table);
        fewer.removeColumns("a");
        assertThat(fewer.columnNames()).containsExactly("b");
        assertThat(digest(fewer)).isNotEqualTo(digest(table));
        Table more = stored(table);
        more.addColumns(IntColumn.create("c", 5, 6));
        more.append(more.copy());
        assertThat(more.rowCount()).isEqualTo(4);
        assertThat(more.columnCount()).isEqualTo(3);
        assertThat(digest(more)).isNotEqualTo(digest(table));
        assertThat(digest(stored(table))).isEqualTo(digest(table));
    }

    @Test
    void damage_is_told() throws IOException {
        Table table = SampleTables.random(3, 5_000, 4_000);
        Table back = stored(table);
        blobs.content.replaceAll((address, bytes) -> java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> back.columns().forEach(Column::size))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cached table");
        assertThatThrownBy(() -> CODECS.decode(new ObjectMapper().readTree("{}"), Table.class, blobs))
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_view_of_another_kind_is_refused() {
        assertThatThrownBy(() -> CODECS.digest("text", Table.class, Sha256Sink.create(Sources.local())))
                .isInstanceOf(UnsupportedValueException.class);
    }
}
