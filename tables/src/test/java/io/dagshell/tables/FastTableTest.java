package io.dagshell.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.tables.column.FastTable;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;
import tech.tablesaw.selection.Selection;

class FastTableTest {

    @Property(tries = 40)
    void rows_are_picked_as_tablesaw_picks_them(@ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int rows) {
        Table plain = SampleTables.random(seed, rows, 20);
        Table fast = FastTable.of(plain);
        Selection selection = plain.intColumn("int").isGreaterThan(5);
        same(fast.where(selection), plain.where(selection));
        same(fast.dropWhere(selection), plain.dropWhere(selection));
        same(fast.where(each -> selection), plain.where(selection));
        same(fast.inRange(rows / 3, rows / 2), plain.inRange(rows / 3, rows / 2));
    }

    @Test
    void columns_of_very_many_texts_are_picked_too() {
        Table plain = SampleTables.random(1, 150_000, 1_000_000);
        Selection selection = plain.intColumn("int").isGreaterThan(500_000);
        same(FastTable.of(plain).where(selection), plain.where(selection));
    }

    private static void same(Table found, Table expected) {
        assertThat(found.write().toString("csv")).isEqualTo(expected.write().toString("csv"));
        assertThat(found.types()).isEqualTo(expected.types());
        assertThat(found.name()).isEqualTo(expected.name());
    }
}
