package io.dagshell.server.deploy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** YAML as it stands, with the line of each value: scalars are the text people wrote, of no type yet. */
sealed interface YamlNode {
    int line();

    /** @param text as written; null if there is none or it says {@code null} */
    record Scalar(@Nullable String text, int line) implements YamlNode {}

    record Mapping(List<Entry> entries, int line) implements YamlNode {
        public Mapping {
            entries = List.copyOf(entries);
        }
    }

    record Sequence(List<YamlNode> items, int line) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    record Entry(String name, int line, YamlNode value) {}
}
