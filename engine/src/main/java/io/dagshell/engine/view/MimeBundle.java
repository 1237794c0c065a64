package io.dagshell.engine.view;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * MIME type to content, richest last shown by the front end's own order. Text types hold a String, JSON types a String
 * of JSON, binary types base64 text.
 */
public record MimeBundle(Map<String, String> content) {
    public static final String TEXT = "text/plain";
    public static final String HTML = "text/html";

    public MimeBundle {
        content = Collections.unmodifiableMap(new LinkedHashMap<>(content));
    }

    public static MimeBundle text(String text) {
        return new MimeBundle(Map.of(TEXT, text));
    }

    public MimeBundle with(String type, String value) {
        Map<String, String> more = new LinkedHashMap<>(content);
        more.put(type, value);
        return new MimeBundle(more);
    }

    public Optional<String> get(String type) {
        return Optional.ofNullable(content.get(type));
    }
}
