package io.dagshell.kernel;

import io.dagshell.kernel.session.CellError;
import io.dagshell.kernel.session.CellOutput;
import java.util.Map;
import java.util.Optional;

/** The output of a silent request: nothing is broadcast, its reply says all. */
final class SilentOutput implements CellOutput {

    @Override
    public void stdout(String text) {}

    @Override
    public void stderr(String text) {}

    @Override
    public void display(Map<String, String> bundle, Optional<String> displayId) {}

    @Override
    public void update(Map<String, String> bundle, String displayId) {}

    @Override
    public void result(Map<String, String> bundle) {}

    @Override
    public void clear(boolean wait) {}

    @Override
    public void error(CellError error) {}
}
