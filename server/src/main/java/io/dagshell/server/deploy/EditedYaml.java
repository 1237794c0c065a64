package io.dagshell.server.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dagshell.engine.parameter.JsonForm;
import io.dagshell.server.deploy.YamlNode.Entry;
import io.dagshell.server.deploy.YamlNode.Mapping;
import io.dagshell.store.orchestration.FolderFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code deployment.yaml} in which entries get other values, while every other line, comments included, stays as a
 * person wrote it. Not thread-safe.
 */
final class EditedYaml {
    private static final String PARAMETERS = "parameters";
    private static final Pattern PLAIN_WITH_COMMENT = Pattern.compile("[^\"'|>#]*?(\\s+#.*)");
    /** What YAML would take for the end of a line or refuse, though JSON does not. */
    private static final Pattern UNREADABLE = Pattern.compile("[\\x7f-\\x9f\\u2028\\u2029\\ufeff\\ufffe\\uffff]");

    private List<String> lines;

    EditedYaml(String text) {
        this.lines = List.copyOf(text.lines().toList());
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }

    /** Gives an entry at the top another value; one that is not there is added at the end. */
    void set(String name, String value) {
        Mapping root = root();
        Optional<Span> there = span(root, name, lines.size());
        Span place = there.orElse(new Span(lines.size(), lines.size()));
        replace(place, List.of(name + ": " + value + comment(there)));
    }

    /** Gives a parameter another value. */
    void setParameter(String name, JsonNode value) {
        expand();
        Span all = span(root(), PARAMETERS, lines.size()).orElseThrow();
        Optional<Span> there = span(parameters(), name, all.end());
        Span place = there.orElse(new Span(all.end(), all.end()));
        replace(place, List.of(indent() + name + ": " + written(value) + comment(there)));
    }

    /** Takes a parameter out, so that the flow's default goes. */
    void removeParameter(String name) {
        expand();
        Span all = span(root(), PARAMETERS, lines.size()).orElseThrow();
        span(parameters(), name, all.end()).ifPresent(span -> replace(span, List.of()));
        if (parameters().entries().isEmpty()) {
            set(PARAMETERS, "{}");
        }
    }

    private Mapping root() {
        return YamlDocument.read(FolderFiles.YAML, text());
    }

    private Mapping parameters() {
        return root().entries().stream()
                .filter(each -> each.name().equals(PARAMETERS) && each.value() instanceof Mapping)
                .map(each -> (Mapping) each.value())
                .findFirst()
                .orElse(new Mapping(List.of(), 0));
    }

    /** As many blanks as the parameters have that are there. */
    private String indent() {
        return parameters().entries().stream()
                .map(each -> lines.get(each.line() - 1))
                .map(line ->
                        line.substring(0, line.length() - line.stripLeading().length()))
                .findFirst()
                .orElse("  ");
    }

    /** Parameters in braces become a block, one to a line. */
    private void expand() {
        Optional<Entry> entry = root().entries().stream()
                .filter(each -> each.name().equals(PARAMETERS))
                .findFirst();
        boolean block = entry.isPresent()
                && entry.get().value() instanceof Mapping mapping
                && !mapping.entries().isEmpty()
                && mapping.entries().stream().map(Entry::line).distinct().count()
                        == mapping.entries().size()
                && mapping.entries().get(0).line() > entry.get().line();
        if (block) {
            return;
        }
        List<String> expanded = new ArrayList<>(List.of(PARAMETERS + ":"));
        parameters()
                .entries()
                .forEach(each -> expanded.add("  " + each.name() + ": "
                        + FolderReader.text(each.value())
                                .map(text -> JsonForm.parse(text)
                                                .filter(json -> !json.isTextual())
                                                .isPresent()
                                        ? text
                                        : written(TextNode.valueOf(text)))
                                .orElse("null")));
        replace(span(root(), PARAMETERS, lines.size()).orElse(new Span(lines.size(), lines.size())), expanded);
    }

    /** Lines from {@code start} up to {@code end}, both from 0. */
    private record Span(int start, int end) {}

    /** Where an entry stands, without blanks and comments behind it. */
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

    private void replace(Span span, List<String> others) {
        List<String> edited = new ArrayList<>(lines.subList(0, span.start()));
        edited.addAll(others);
        edited.addAll(lines.subList(span.end(), lines.size()));
        lines = List.copyOf(edited);
    }

    /** What a person wrote behind the value on its line. */
    private String comment(Optional<Span> there) {
        return there.filter(span -> span.end() == span.start() + 1)
                .map(span -> PLAIN_WITH_COMMENT.matcher(lines.get(span.start())))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .orElse("");
    }

    /** JSON is YAML, but for characters that YAML wants written by their numbers. */
    private static String written(JsonNode value) {
        return UNREADABLE
                .matcher(JsonForm.canonical(value))
                .replaceAll(
                        match -> String.format("\\\\u%04x", (int) match.group().charAt(0)));
    }
}
