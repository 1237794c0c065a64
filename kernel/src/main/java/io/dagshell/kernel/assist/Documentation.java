package io.dagshell.kernel.assist;

/**
 * A documentation comment in two forms.
 *
 * @param text for terminals
 * @param html for pages, without scripts
 */
public record Documentation(String text, String html) {
    static final Documentation NONE = new Documentation("", "");

    public boolean isEmpty() {
        return text.isEmpty();
    }
}
