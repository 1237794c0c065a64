package io.dagshell.engine.yaml;

import io.dagshell.engine.yaml.YamlNode.Entry;
import io.dagshell.engine.yaml.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A YAML document as lines, so that an entry can be changed while every other line, comments included, stays as a person
 * wrote it. Entries at the top, and those one below that stand one to a line, can be changed. Not thread-safe.
 */
public final class YamlLines {
    private List<String> lines;

    public YamlLines(String text) {
        this.lines = List.copyOf(text.lines().toList());
    }

    /**
     * Lines of an entry, without the blanks and comments behind it.
     *
     * @param start from 0
     * @param end behind the last
     */
    public record Span(int start, int end) {}

    /** The document as it is now. */
    public String text() {
        return String.join("\n", lines) + "\n";
    }

    /** Its values. */
    public Mapping root() {
        return YamlDocument.read(text());
    }

    /** The entries below {@code parent}; none if that is no mapping. */
    public Mapping below(String parent) {
        return root().find(parent)
                .map(Entry::value)
                .filter(Mapping.class::isInstance)
                .map(Mapping.class::cast)
                .orElseGet(() -> new Mapping(List.of(), 0));
    }

    public List<String> lines() {
        return lines;
    }

    /** Where an entry at the top stands. */
    public Optional<Span> span(String name) {
        return span(root(), name, lines.size());
    }

    /** Where an entry below {@code parent} stands. */
    public Optional<Span> span(String parent, String name) {
        return span(parent).flatMap(all -> span(below(parent), name, all.end()));
    }

    private Optional<Span> span(Mapping mapping, String name, int last) {
        List<Entry> entries = mapping.entries();
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).name().equals(name)) {
                int start = entries.get(i).line() - 1;
                int end = i + 1 < entries.size() ? entries.get(i + 1).line() - 1 : last;
                while (end > start + 1 && isAside(lines.get(end - 1))) {
                    end--;
                }
                return Optional.of(new Span(start, end));
            }
        }
        return Optional.empty();
    }

    private static boolean isAside(String line) {
        return line.isBlank()
                || line.stripLeading().startsWith("#")
                || line.strip().equals("...");
    }

    /** Whether there are entries below {@code parent}, one to a line, so that lines can be changed. */
    public boolean isBlock(String parent) {
        Optional<Entry> own = root().find(parent);
        List<Entry> entries = below(parent).entries();
        return own.isPresent()
                && !entries.isEmpty()
                && entries.stream().allMatch(entry -> entry.line() > own.get().line())
                && entries.stream().map(Entry::line).distinct().count() == entries.size();
    }

    /** Whether a line, comments included, holds {@code text}. */
    public boolean mentions(String text) {
        return lines.stream().anyMatch(line -> line.contains(text));
    }

    /** Puts others in place of these lines. */
    public void replace(Span span, List<String> others) {
        List<String> edited = new ArrayList<>(lines.subList(0, span.start()));
        edited.addAll(others);
        edited.addAll(lines.subList(span.end(), lines.size()));
        lines = List.copyOf(edited);
    }

    /** Replaces the entry at the top; puts one at the end that is not there. */
    public void set(String name, List<String> others) {
        replace(span(name).orElse(new Span(lines.size(), lines.size())), others);
    }

    /** Puts lines behind the last entry below {@code parent}; nothing if there is no such entry. */
    public void append(String parent, List<String> added) {
        span(parent).ifPresent(all -> replace(new Span(all.end(), all.end()), added));
    }
}
