package io.dagshell.notebooks;

import io.dagshell.kernel.session.CellError;
import io.dagshell.kernel.session.CellOutput;
import java.util.Map;
import java.util.Optional;

/** Hands all output to both, the first one first. */
record ForkedOutput(CellOutput first, CellOutput second) implements CellOutput {

    @Override
    public void stdout(String text) {
        first.stdout(text);
        second.stdout(text);
    }

    @Override
    public void stderr(String text) {
        first.stderr(text);
        second.stderr(text);
    }

    @Override
    public void display(Map<String, String> bundle, Optional<String> displayId) {
        first.display(bundle, displayId);
        second.display(bundle, displayId);
    }

    @Override
    public void update(Map<String, String> bundle, String displayId) {
        first.update(bundle, displayId);
        second.update(bundle, displayId);
    }

    @Override
    public void result(Map<String, String> bundle) {
        first.result(bundle);
        second.result(bundle);
    }

    @Override
    public void clear(boolean wait) {
        first.clear(wait);
        second.clear(wait);
    }

    @Override
    public void error(CellError error) {
        first.error(error);
        second.error(error);
    }
}
