package io.dagshell.kernel.session;

import java.util.Map;
import java.util.Optional;

/** Keeps an expression's value or error for its own reply; what it prints goes where the cell's output goes. */
final class ExpressionOutput implements CellOutput {
    private final CellOutput printed;
    private volatile Map<String, String> value = Map.of("text/plain", "null");

    ExpressionOutput(CellOutput printed) {
        this.printed = printed;
    }

    Evaluated evaluated(CellResult result) {
        if (result instanceof CellResult.Failed failed) {
            return new Evaluated.Failure(failed.error());
        }
        if (result instanceof CellResult.Interrupted interrupted) {
            return new Evaluated.Failure(interrupted.error());
        }
        return new Evaluated.Value(value);
    }

    @Override
    public void result(Map<String, String> bundle) {
        value = Map.copyOf(bundle);
    }

    @Override
    public void error(CellError error) {
        // It is part of the reply.
    }

    @Override
    public void stdout(String text) {
        printed.stdout(text);
    }

    @Override
    public void stderr(String text) {
        printed.stderr(text);
    }

    @Override
    public void display(Map<String, String> bundle, Optional<String> displayId) {
        printed.display(bundle, displayId);
    }

    @Override
    public void update(Map<String, String> bundle, String displayId) {
        printed.update(bundle, displayId);
    }

    @Override
    public void clear(boolean wait) {
        printed.clear(wait);
    }
}
