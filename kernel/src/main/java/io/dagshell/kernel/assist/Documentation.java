package io.dagshell.kernel.assist;

/**
 * A documentation comment in two forms.
 *
 * @param text for terminals
 * @param html for pages, without scripts
 */
public record Documentation(String text, String html) {
    static final Documentation NONE = new Documentation("", "");

    /** Of HTML that is safe in a page. */
    static Documentation of(String html) {
        return new Documentation(DocumentationText.plain(html), html);
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }
}
