package io.dagshell.tables;

import io.dagshell.engine.view.MimeBundle;

/**
 * A static picture of columns with its words: SVG in the colour of the page's text, no script.
 *
 * @param bundle the words as text, picture and words as HTML
 */
public record Plot(MimeBundle bundle) {

    /** What the picture shows, in words. */
    public String text() {
        return bundle.get(MimeBundle.TEXT).orElseThrow();
    }

    /** The picture and its words. */
    public String html() {
        return bundle.get(MimeBundle.HTML).orElseThrow();
    }

    @Override
    public String toString() {
        return text();
    }
}
