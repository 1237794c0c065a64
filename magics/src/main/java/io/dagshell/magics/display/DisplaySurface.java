package io.dagshell.magics.display;

import io.dagshell.engine.view.MimeBundle;

/** Port: where a display appears: the output of one cell. Thread-safe; usable after the cell ended. */
public interface DisplaySurface {

    void show(MimeBundle bundle, String id);

    /** Replaces what was shown under {@code id}. */
    void update(MimeBundle bundle, String id);

    /** Shows nothing. */
    static DisplaySurface none() {
        return new DisplaySurface() {
            @Override
            public void show(MimeBundle bundle, String id) {
                // nobody looks
            }

            @Override
            public void update(MimeBundle bundle, String id) {
                // nobody looks
            }
        };
    }
}
