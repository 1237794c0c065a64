package io.dagshell.tables.csv;

import java.util.BitSet;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.columns.Column;
import tech.tablesaw.columns.booleans.BitSetBooleanData;

/** Columns of {@code true} and {@code false}, in lower, upper or capitalized letters; nothing else is a boolean. */
final class BooleanBuilder extends ColumnBuilder {
    private BitSet yes = new BitSet();
    private BitSet no = new BitSet();
    private BitSet missing = new BitSet();

    @Override
    ColumnType type() {
        return ColumnType.BOOLEAN;
    }

    @Override
    String expects() {
        return "true or false";
    }

    @Override
    boolean add(char[] text, int from, int length) {
        if (isYes(text, from, length)) {
            yes.set(size++);
            return true;
        }
        if (isNo(text, from, length)) {
            no.set(size++);
            return true;
        }
        return false;
    }

    @Override
    boolean fits(char[] text, int from, int length) {
        return isYes(text, from, length) || isNo(text, from, length);
    }

    @Override
    void addMissing() {
        missing.set(size++);
    }

    @Override
    Column<?> take(String name) {
        BooleanColumn column = new BooleanColumn(name, new BitSetBooleanData(yes, no, missing));
        yes = new BitSet();
        no = new BitSet();
        missing = new BitSet();
        size = 0;
        return column;
    }

    private static boolean isYes(char[] text, int from, int length) {
        return is(text, from, length, "true", "TRUE", "True");
    }

    private static boolean isNo(char[] text, int from, int length) {
        return is(text, from, length, "false", "FALSE", "False");
    }

    private static boolean is(char[] text, int from, int length, String... spellings) {
        if (length != spellings[0].length()) {
            return false;
        }
        String word = new String(text, from, length);
        for (String spelling : spellings) {
            if (spelling.equals(word)) {
                return true;
            }
        }
        return false;
    }
}
