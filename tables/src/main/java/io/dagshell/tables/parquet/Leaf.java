package io.dagshell.tables.parquet;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.tables.ParquetException;
import io.dagshell.tables.ParquetOptions;
import io.dagshell.tables.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * A leaf of a file's schema that becomes a column.
 *
 * @param name of the column, in lower case
 */
record Leaf(String name, ColumnDescriptor descriptor, LeafKind kind) {

    /** The leaves asked for, in that order. */
    static List<Leaf> of(String source, MessageType file, ParquetOptions options) throws ParquetException {
        Map<String, Type> fields = new LinkedHashMap<>();
        for (Type field : file.getFields()) {
            if (fields.put(field.getName().toLowerCase(Locale.ROOT), field) != null) {
                throw wrong(
                        source, field.getName(), "is there twice, but for upper and lower case; a table has it once");
            }
        }
        List<Leaf> leaves = new ArrayList<>();
        for (String name : wanted(fields, options)) {
            Type field = fields.get(name);
            if (field == null) {
                throw wrong(source, name, "is not in the file, which has " + String.join(", ", fields.keySet()));
            }
            leaves.add(of(source, name, field, file));
        }
        return leaves;
    }

    private static List<String> wanted(Map<String, Type> fields, ParquetOptions options) {
        if (!options.columns().isEmpty()) {
            return options.columns();
        }
        return options.schema().filter(schema -> !schema.open()).isPresent()
                ? withExpected(fields, options.schema().get().names())
                : List.copyOf(fields.keySet());
    }

    /** Expected ones first, so that a missing one is told by name; one too many is told later. */
    private static List<String> withExpected(Map<String, Type> fields, List<String> expected) {
        List<String> all = new ArrayList<>(expected);
        fields.keySet().stream().filter(name -> !expected.contains(name)).forEach(all::add);
        return all;
    }

    private static Leaf of(String source, String name, Type field, MessageType file) throws ParquetException {
        LeafKind kind = field.isPrimitive() && !field.isRepetition(Type.Repetition.REPEATED)
                ? LeafKind.of(field.asPrimitiveType())
                : null;
        if (kind == null) {
            throw wrong(
                    source,
                    field.getName(),
                    "tables have no type for " + field.toString().replaceAll("\\s+", " ")
                            + "; read the others with ParquetOptions.defaults().withColumns(…)");
        }
        return new Leaf(name, file.getColumnDescription(new String[] {field.getName()}), kind);
    }

    static ParquetException wrong(String source, String column, String problem) {
        return new ParquetException(FailureKind.USER, source, column, 0, problem, null);
    }

    /** @throws ParquetException if the file has a column more than a closed schema */
    static void check(String source, List<Leaf> leaves, Schema schema) throws ParquetException {
        for (Leaf leaf : leaves) {
            if (!schema.open() && schema.type(leaf.name()).isEmpty()) {
                throw wrong(source, leaf.name(), "is not in the schema, which has " + schema);
            }
        }
    }
}
