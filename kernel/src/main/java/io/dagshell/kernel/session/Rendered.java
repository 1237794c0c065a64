package io.dagshell.kernel.session;

import java.util.Map;

/**
 * What a value looks like: made by {@link Display#html}, {@link Display#markdown} and their kin, shown as it is.
 *
 * @param content MIME type to content: text as it is, JSON as its text, pictures of other kinds in base64
 */
public record Rendered(Map<String, String> content) {
    private static final String TEXT = "text/plain";

    public Rendered {
        content = Map.copyOf(content);
    }

    /** Content of one MIME type, and the same as text where it can be read. */
    static Rendered of(String mimeType, String content) {
        return of(mimeType, content, content);
    }

    /** Content of one MIME type, and what is shown where that cannot be. */
    static Rendered of(String mimeType, String content, String text) {
        return new Rendered(mimeType.equals(TEXT) ? Map.of(TEXT, content) : Map.of(mimeType, content, TEXT, text));
    }

    @Override
    public String toString() {
        return content.getOrDefault(TEXT, "");
    }
}
