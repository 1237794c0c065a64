package io.dagshell.kernel.assist;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A class's page as the javadoc tool writes it: the part that documents one element, cleaned. What Java 8, 11 and 17 write
 * has in common that an element's name or id stands before its text, which is in a {@code div} of class {@code block}, and
 * that its tags follow in a list.
 */
final class JavadocPage {
    private static final Pattern BLOCK = Pattern.compile("(?i)<div class=\"block\">");
    private static final Pattern DIV = Pattern.compile("(?i)<(/?)div\\b[^>]*>");
    private static final Pattern TAGS = Pattern.compile("(?is)<dl\\b.*?</dl>");
    private static final Pattern NEXT = Pattern.compile("(?i)<section class=\"detail\"|<h4>|<h3>");
    private static final Pattern OF_CLASS =
            Pattern.compile("(?i)<section class=\"(?:class-)?description\"|<div class=\"description\">");
    private static final Pattern END_OF_CLASS =
            Pattern.compile("(?i)<section class=\"summary\"|<div class=\"summary\">");
    private static final Pattern UNSEEN =
            Pattern.compile("(?is)<(script|style|button|noscript|svg)\\b.*?</\\1\\s*>|<!--.*?-->");
    private static final Pattern TAG = Pattern.compile("<(/?)([A-Za-z][A-Za-z0-9]*)[^>]*>|<");

    private final String html;

    JavadocPage(String html) {
        this.html = html;
    }

    /** What the page says of its class. */
    Documentation ofClass() {
        return find(OF_CLASS, html)
                .map(start ->
                        html.substring(start, find(END_OF_CLASS, html, start).orElse(html.length())))
                .map(JavadocPage::documentation)
                .orElse(Documentation.NONE);
    }

    /**
     * What it says of a member.
     *
     * @param anchor {@code greet(java.util.List,int...)}, {@code <init>()}, or the name of a field
     */
    Documentation ofMember(String anchor) {
        String escaped = DocumentationText.escape(anchor);
        String old = anchor.replaceAll("[(),]", "-").replace("[]", ":A");
        String any = Stream.of(anchor, escaped, old).map(Pattern::quote).collect(Collectors.joining("|"));
        return find(Pattern.compile("(?:id|name)=\"(?:" + any + ")\""), html)
                .map(start -> html.substring(start, end(start)))
                .map(JavadocPage::documentation)
                .orElse(Documentation.NONE);
    }

    /** Behind the element's own heading comes the next one's. */
    private int end(int start) {
        int own = find(NEXT, html, start).orElse(html.length() - 1);
        return find(NEXT, html, own + 1).orElse(html.length());
    }

    private static Optional<Integer> find(Pattern pattern, String text) {
        return find(pattern, text, 0);
    }

    private static Optional<Integer> find(Pattern pattern, String text, int from) {
        Matcher found = pattern.matcher(text);
        return found.find(Math.min(from, text.length())) ? Optional.of(found.start()) : Optional.empty();
    }

    private static Documentation documentation(String part) {
        StringBuilder page = new StringBuilder();
        Matcher block = BLOCK.matcher(part);
        int behind = 0;
        if (block.find()) {
            behind = close(part, block.end());
            page.append(part, block.end(), behind);
        }
        Matcher tags = TAGS.matcher(part);
        if (tags.find(behind)) {
            page.append(tags.group());
        }
        return Documentation.of(cleaned(page.toString()).strip());
    }

    /** Where the {@code div} that begins before {@code start} ends. */
    private static int close(String part, int start) {
        Matcher div = DIV.matcher(part);
        int depth = 1;
        for (int at = start; div.find(at); at = div.end()) {
            depth += div.group(1).isEmpty() ? 1 : -1;
            if (depth == 0) {
                return div.start();
            }
        }
        return part.length();
    }

    /** Without scripts, attributes and elements that are not for text. */
    private static String cleaned(String part) {
        return TAG.matcher(UNSEEN.matcher(part).replaceAll("")).replaceAll(tag -> {
            if (tag.group(2) == null) {
                return "&lt;";
            }
            String name = tag.group(2).toLowerCase(Locale.ROOT);
            return DocumentationText.isShown(name) ? "<" + tag.group(1) + name + ">" : "";
        });
    }
}
