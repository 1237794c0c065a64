package io.dagshell.kernel.session;

import io.dagshell.kernel.assist.Found;
import java.util.Map;

/** What a name is, as text and as HTML. */
final class InspectedText {
    private InspectedText() {}

    /**
     * @param value of a variable as short text, or empty
     * @param declared where the session declared it, or empty
     */
    static Map<String, String> of(Found found, String value, String declared) {
        return Map.of("text/plain", text(found, value, declared), "text/html", html(found, value, declared));
    }

    private static String text(Found found, String value, String declared) {
        StringBuilder text = new StringBuilder(found.face());
        if (!value.isEmpty()) {
            text.append(" = ").append(value);
        }
        append(text, declared);
        append(text, found.documentation().text());
        append(text, found.link());
        return text.toString();
    }

    private static void append(StringBuilder text, String part) {
        if (!part.isEmpty()) {
            text.append("\n\n").append(part);
        }
    }

    private static String html(Found found, String value, String declared) {
        StringBuilder html = new StringBuilder("<pre>").append(escape(found.face()));
        if (!value.isEmpty()) {
            html.append(" = ").append(escape(value));
        }
        html.append("</pre>");
        if (!declared.isEmpty()) {
            html.append("<p>").append(escape(declared)).append("</p>");
        }
        html.append(found.documentation().html());
        if (!found.link().isEmpty()) {
            String link = escape(found.link());
            html.append("<p><a href=\"")
                    .append(link)
                    .append("\" target=\"_blank\">")
                    .append(link)
                    .append("</a></p>");
        }
        return html.toString();
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
