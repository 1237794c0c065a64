package io.dagshell.tables.csv;

import io.dagshell.tables.Schema;
import io.dagshell.tables.TableFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.ColumnType;

/** The names of the columns: lower-case, none twice, a nameless one numbered. */
record Header(String source, List<String> names) {
    Header {
        names = List.copyOf(names);
    }

    static Header read(String source, List<String> written) throws TableFileException {
        if (written.isEmpty()) {
            throw new TableFileException(source, "the file is empty; it needs a header line", null);
        }
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String text : written) {
            String name = name(text, names.size());
            if (!seen.add(name)) {
                throw new TableFileException(
                        source, 1, name, "the header has this name twice (upper and lower case are the same)", null);
            }
            names.add(name);
        }
        return new Header(source, names);
    }

    private static String name(String written, int index) {
        String plain = index == 0 && written.startsWith("\uFEFF") ? written.substring(1) : written;
        String name = plain.strip().toLowerCase(Locale.ROOT);
        return name.isEmpty() ? "column_" + (index + 1) : name;
    }

    /** A builder per column, after checking the names against the schema. */
    ColumnBuilder[] builders(@Nullable Schema expected, @Nullable Schema proven) throws TableFileException {
        if (expected != null) {
            check(expected);
        }
        if (proven != null && !proven.names().equals(names)) {
            throw new TableFileException(source, "the header changed while the file was being read", null);
        }
        ColumnBuilder[] builders = new ColumnBuilder[names.size()];
        for (int i = 0; i < builders.length; i++) {
            builders[i] = builder(names.get(i), expected, proven);
        }
        return builders;
    }

    private static ColumnBuilder builder(String name, @Nullable Schema expected, @Nullable Schema proven) {
        Optional<ColumnType> said = expected == null ? Optional.empty() : expected.type(name);
        if (said.isPresent()) {
            return Builders.of(said.get(), false);
        }
        Optional<ColumnType> found = proven == null ? Optional.empty() : proven.type(name);
        return found.isPresent() ? Builders.of(found.get(), true) : new InferringBuilder();
    }

    private void check(Schema expected) throws TableFileException {
        List<String> absent =
                expected.names().stream().filter(name -> !names.contains(name)).toList();
        if (!absent.isEmpty()) {
            throw new TableFileException(
                    source, 1, null, columns(absent) + " missing; the header has " + String.join(", ", names), null);
        }
        List<String> extra = names.stream()
                .filter(name -> !expected.open() && !expected.names().contains(name))
                .toList();
        if (!extra.isEmpty()) {
            throw new TableFileException(source, 1, null, columns(extra) + " not in the schema", null);
        }
    }

    private static String columns(List<String> names) {
        return (names.size() == 1 ? "column " : "columns ")
                + String.join(", ", names)
                + (names.size() == 1 ? " is" : " are");
    }
}
