package io.dagshell.server.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dagshell.engine.parameter.JsonForm;
import io.dagshell.engine.yaml.YamlLines;
import io.dagshell.engine.yaml.YamlLines.Span;
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

    private final YamlLines page;

    EditedYaml(String text) {
        this.page = new YamlLines(text);
    }

    String text() {
        return page.text();
    }

    /** Gives an entry at the top another value; one that is not there is added at the end. */
    void set(String name, String value) {
        page.set(name, List.of(name + ": " + value + comment(page.span(name))));
    }

    /** Gives a parameter another value. */
    void setParameter(String name, JsonNode value) {
        expand();
        Optional<Span> there = page.span(PARAMETERS, name);
        List<String> line = List.of(indent() + name + ": " + written(value) + comment(there));
        there.ifPresentOrElse(span -> page.replace(span, line), () -> page.append(PARAMETERS, line));
    }

    /** Takes a parameter out, so that the flow's default goes. */
    void removeParameter(String name) {
        expand();
        page.span(PARAMETERS, name).ifPresent(span -> page.replace(span, List.of()));
        if (page.below(PARAMETERS).entries().isEmpty()) {
            set(PARAMETERS, "{}");
        }
    }

    /** As many blanks as the parameters have that are there. */
    private String indent() {
        return page.below(PARAMETERS).entries().stream()
                .map(each -> page.lines().get(each.line() - 1))
                .map(line ->
                        line.substring(0, line.length() - line.stripLeading().length()))
                .findFirst()
                .orElse("  ");
    }

    /** Parameters in braces become a block, one to a line. */
    private void expand() {
        if (page.isBlock(PARAMETERS)) {
            return;
        }
        List<String> expanded = new ArrayList<>(List.of(PARAMETERS + ":"));
        page.below(PARAMETERS)
                .entries()
                .forEach(each -> expanded.add("  " + each.name() + ": "
                        + each.value()
                                .said()
                                .map(text -> JsonForm.parse(text)
                                                .filter(json -> !json.isTextual())
                                                .isPresent()
                                        ? text
                                        : written(TextNode.valueOf(text)))
                                .orElse("null")));
        page.set(PARAMETERS, expanded);
    }

    /** What a person wrote behind the value on its line. */
    private String comment(Optional<Span> there) {
        return there.filter(span -> span.end() == span.start() + 1)
                .map(span -> PLAIN_WITH_COMMENT.matcher(page.lines().get(span.start())))
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
