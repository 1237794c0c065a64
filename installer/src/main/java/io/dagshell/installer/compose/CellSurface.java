package io.dagshell.installer.compose;

import io.dagshell.engine.view.MimeBundle;
import io.dagshell.kernel.session.CellOutput;
import io.dagshell.magics.display.DisplaySurface;
import java.util.Optional;

/** The output of a cell as a place for displays. Equal for the same output. */
record CellSurface(CellOutput output) implements DisplaySurface {

    @Override
    public void show(MimeBundle bundle, String id) {
        output.display(bundle.content(), Optional.of(id));
    }

    @Override
    public void update(MimeBundle bundle, String id) {
        output.update(bundle.content(), id);
    }
}
