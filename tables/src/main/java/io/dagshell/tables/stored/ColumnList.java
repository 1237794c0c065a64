package io.dagshell.tables.stored;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tech.tablesaw.columns.Column;

/**
 * What a stored table has in the place of Tablesaw's list of columns: each is unpacked when it is taken. Can be changed
 * like the list it stands for. Notes when it was {@linkplain #touched touched}. Guarded by itself.
 */
final class ColumnList extends AbstractList<Column<?>> {
    private final StoredColumns stored;
    private final List<Slot> slots;
    private boolean touched;

    private sealed interface Slot {
        /** The i-th stored column. */
        record AtRest(int index) implements Slot {}

        /** One that was handed out, or put in by the user. */
        record InUse(Column<?> column) implements Slot {}
    }

    ColumnList(StoredColumns stored) {
        this.stored = stored;
        slots = new ArrayList<>(IntStream.range(0, stored.columns().size())
                .<Slot>mapToObj(Slot.AtRest::new)
                .toList());
    }

    /** Whether anybody may have changed anything. */
    synchronized boolean touched() {
        return touched;
    }

    synchronized void touch() {
        touched = true;
    }

    /** Names without unpacking. */
    synchronized List<String> names() {
        return slots.stream().map(this::name).toList();
    }

    /** For looking only: whoever gets it must not change it. */
    synchronized Column<?> peek(int index) {
        Slot slot = slots.get(index);
        return slot instanceof Slot.AtRest atRest ? stored.column(atRest.index()) : ((Slot.InUse) slot).column();
    }

    /** A column that was handed out or put in; empty for one at rest. */
    synchronized Optional<Column<?>> used(int index) {
        return slots.get(index) instanceof Slot.InUse used ? Optional.of(used.column()) : Optional.empty();
    }

    @Override
    public synchronized Column<?> get(int index) {
        Column<?> column = peek(index);
        slots.set(index, new Slot.InUse(column));
        touched = true;
        return column;
    }

    @Override
    public synchronized int size() {
        return slots.size();
    }

    @Override
    public synchronized Column<?> set(int index, Column<?> column) {
        Column<?> before = get(index);
        slots.set(index, new Slot.InUse(column));
        return before;
    }

    @Override
    public synchronized void add(int index, Column<?> column) {
        slots.add(index, new Slot.InUse(column));
        touched = true;
        modCount++;
    }

    @Override
    public synchronized Column<?> remove(int index) {
        Column<?> column = get(index);
        slots.remove(index);
        modCount++;
        return column;
    }

    private String name(Slot slot) {
        return slot instanceof Slot.AtRest atRest
                ? stored.columns().get(atRest.index()).name()
                : ((Slot.InUse) slot).column().name();
    }
}
