package io.dagshell.tables;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.engine.value.Codec;
import io.dagshell.engine.value.Codecs;
import io.dagshell.engine.value.Digest;
import io.dagshell.engine.value.Sha256Sink;
import io.dagshell.engine.value.Sources;
import io.dagshell.engine.value.StandardCodecs;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
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

    private interface ListOfTables extends List<Table> {}

    @Test
    void a_list_of_tables_is_copied_with_its_tables() {
        Type tables = ListOfTables.class.getGenericInterfaces()[0];
        Codec codec = CODECS.forType(tables).orElseThrow();
        assertThat(codec.isChangeable(tables, CODECS)).isTrue();
        List<Table> given = new ArrayList<>(
                List.of(Table.create(IntColumn.create("a", 1, 1)), Table.create(IntColumn.create("a", 2, 2))));
        @SuppressWarnings("unchecked")
        List<Table> copy = (List<Table>) codec.copy(given, tables, CODECS);
        assertThat(codec.changes(given, copy, tables, CODECS)).isEmpty();
        copy.get(1).intColumn("a").set(0, 7);
        assertThat(codec.changes(given, copy, tables, CODECS)).containsExactly("changed column `a` of item 2");
        assertThat(given.get(1).intColumn("a").get(0)).isEqualTo(2);
        copy.remove(1);
        assertThat(codec.changes(given, copy, tables, CODECS)).containsExactly("took item 2");
    }
}
