package io.dagshell.tables.plot;

import io.dagshell.engine.view.MimeBundle;
import io.dagshell.tables.preview.Html;
import io.dagshell.tables.preview.Shown;

/** A finished picture and what it says in words. */
record Drawing(String title, String words, String svg) {

    /** The words alone, and the picture above them; a page that strips pictures keeps the words. */
    MimeBundle bundle() {
        String text = Shown.visible(title) + ": " + Shown.visible(words);
        return MimeBundle.text(text)
                .with(
                        MimeBundle.HTML,
                        "<figure style=\"margin:0;color:var(--jp-content-font-color1,currentColor)\">" + svg
                                + "<figcaption>" + Html.escape(text) + "</figcaption></figure>");
    }
}
