package io.dagshell.notebooks.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A YAML document as lines, so that an entry can be changed while every other line, comments included, stays as a person
 * wrote it. Only entries in block style, one to a line, can be changed.
 */
final class YamlText {
    private static final YAMLMapper YAML = new YAMLMapper();
    private List<String> lines;

    /** @throws IOException not YAML, or no mapping; the message says where */
    YamlText(String text) throws IOException {
        this.lines = new ArrayList<>(text.lines().toList());
        if (!tree().isObject()) {
            throw new IOException("it does not hold 'name: value' entries");
        }
    }

    /** Lines from {@code start} up to {@code end}, both from 0. */
    private record Span(int start, int end) {}

    String text() {
        return String.join("\n", lines) + "\n";
    }

    /** The document's values. */
    JsonNode tree() throws IOException {
        try {
            return YAML.readTree(text());
        } catch (JsonProcessingException notYaml) {
            int line = notYaml.getLocation() == null ? 0 : notYaml.getLocation().getLineNr();
            throw new IOException("line " + line + " is not YAML: " + firstLine(notYaml), notYaml);
        }
    }

    private static String firstLine(JsonProcessingException problem) {
        return problem.getOriginalMessage().lines().findFirst().orElse("");
    }

    /** Replaces the entry at the top of the document by {@code replacement}; appends it if there is none. */
    void replace(String key, List<String> replacement) throws IOException {
        Span span = spans("").get(key);
        if (span == null) {
            lines.addAll(replacement);
            return;
        }
        edit(span, replacement);
    }

    /** Replaces the entry {@code key} below the entry {@code parent}. */
    void replaceBelow(String parent, String key, List<String> replacement) throws IOException {
        Span span = spans(parent).get(key);
        if (span != null) {
            edit(span, replacement);
        }
    }

    /** Puts lines behind the last entry below {@code parent}, which is a block of entries. */
    void append(String parent, List<String> added) throws IOException {
        Span all = spans("").get(parent);
        if (all != null) {
            edit(new Span(all.end(), all.end()), added);
        }
    }

    /** Turns the entry {@code key} below {@code parent} into comments. */
    void commentOut(String parent, String key, String why) throws IOException {
        Span span = spans(parent).get(key);
        if (span != null) {
            List<String> commented = new ArrayList<>(List.of("  # " + why));
            lines.subList(span.start(), span.end()).forEach(line -> commented.add("  # " + line.strip()));
            edit(span, commented);
        }
    }

    /** Whether a line, comments included, holds {@code text}. */
    boolean mentions(String text) {
        return lines.stream().anyMatch(line -> line.contains(text));
    }

    /** Whether the entries below {@code parent} stand one to a line, so that lines can be changed. */
    boolean isBlock(String parent) throws IOException {
        Span own = spans("").get(parent);
        Map<String, Span> children = spans(parent);
        return own != null
                && !children.isEmpty()
                && children.values().stream().allMatch(child -> child.start() > own.start())
                && children.values().stream().map(Span::start).distinct().count() == children.size();
    }

    private void edit(Span span, List<String> replacement) {
        List<String> edited = new ArrayList<>(lines.subList(0, span.start()));
        edited.addAll(replacement);
        edited.addAll(lines.subList(span.end(), lines.size()));
        lines = edited;
    }

    /** Where each entry below {@code parent} stands ({@code ""} for the top), without blanks and comments behind it. */
    private Map<String, Span> spans(String parent) throws IOException {
        int depth = 0;
        int wanted = parent.isEmpty() ? 1 : 2;
        String top = "";
        Map<String, Integer> starts = new LinkedHashMap<>();
        List<Integer> ends = new ArrayList<>();
        try (YAMLParser parser = YAML.getFactory().createParser(text())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                int line = parser.currentTokenLocation().getLineNr() - 1;
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                } else if (token == JsonToken.FIELD_NAME && depth <= wanted) {
                    boolean inside = parent.isEmpty() || top.equals(parent);
                    if (inside) {
                        ends.add(line);
                    }
                    top = depth == 1 ? parser.currentName() : top;
                    if (depth == wanted && (parent.isEmpty() || top.equals(parent))) {
                        starts.put(parser.currentName(), line);
                    }
                }
            }
        }
        ends.add(lines.size());
        Map<String, Span> spans = new LinkedHashMap<>();
        starts.forEach((key, start) -> spans.put(key, new Span(start, end(start, ends))));
        return spans;
    }

    private int end(int start, List<Integer> ends) {
        int end = ends.stream().filter(each -> each > start).findFirst().orElse(lines.size());
        while (end > start + 1 && isAside(lines.get(end - 1))) {
            end--;
        }
        return end;
    }

    private static boolean isAside(String line) {
        return line.isBlank() || line.stripLeading().startsWith("#");
    }
}
