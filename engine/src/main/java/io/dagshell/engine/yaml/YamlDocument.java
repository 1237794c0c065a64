package io.dagshell.engine.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.dagshell.engine.yaml.YamlNode.Entry;
import io.dagshell.engine.yaml.YamlNode.Mapping;
import io.dagshell.engine.yaml.YamlNode.Scalar;
import io.dagshell.engine.yaml.YamlNode.Sequence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a YAML document of one mapping. Anchors and aliases, with which a short text could stand for an endless one, are
 * refused, and so are names that come twice.
 */
public final class YamlDocument {
    private static final int DEEPEST = 30;
    private final YAMLParser parser;

    private YamlDocument(YAMLParser parser) {
        this.parser = parser;
    }

    /**
     * Reads it.
     *
     * @throws YamlProblem it is no such document
     */
    public static Mapping read(String text) {
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            YamlDocument document = new YamlDocument(parser);
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new YamlProblem(1, "it does not hold 'name: value' entries");
            }
            Mapping root = document.mapping(0);
            if (parser.nextToken() != null) {
                throw document.problem("the file holds more than one document");
            }
            return root;
        } catch (JsonProcessingException notYaml) {
            JsonLocation place = notYaml.getLocation();
            throw new YamlProblem(
                    place == null ? 1 : place.getLineNr(),
                    "it is not YAML: " + firstLine(notYaml.getOriginalMessage()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("").strip();
    }

    private YamlProblem problem(String what) {
        return new YamlProblem(line(), what);
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private YamlNode node(int depth) throws IOException {
        if (depth > DEEPEST) {
            throw problem("it goes deeper than " + DEEPEST + " levels");
        }
        if (parser.isCurrentAlias() || parser.getObjectId() != null) {
            throw problem("anchors and aliases are not read here; write the value itself");
        }
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return mapping(depth);
        }
        if (token == JsonToken.START_ARRAY) {
            return sequence(depth);
        }
        return new Scalar(
                token == JsonToken.VALUE_NULL ? null : parser.getText(), token == JsonToken.VALUE_STRING, line());
    }

    private Mapping mapping(int depth) throws IOException {
        int line = line();
        List<Entry> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            int at = line();
            if (!names.add(name)) {
                throw problem("'" + name + "' stands there twice");
            }
            parser.nextToken();
            entries.add(new Entry(name, at, node(depth + 1)));
        }
        return new Mapping(entries, line);
    }

    private Sequence sequence(int depth) throws IOException {
        int line = line();
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(depth + 1));
        }
        return new Sequence(items, line);
    }
}
