package io.dagshell.notebooks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.dagshell.kernel.session.CellError;
import io.dagshell.kernel.session.CellOutput;
import io.dagshell.kernel.session.CellRequest;
import io.dagshell.kernel.session.CellResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Executes all code cells of a notebook in order and stops at the first that fails, as {@code jupyter nbconvert
 * --execute} does.
 *
 * <pre>{@code
 * var executed = HeadlessRun.of(notebook, session::execute).with(parameters).run(listener);
 * executed.notebook().write(output);   // also when it failed
 * }</pre>
 */
public final class HeadlessRun {
    private final NotebookFile notebook;
    private final Session session;
    private final Optional<InjectedParameters> parameters;

    private HeadlessRun(NotebookFile notebook, Session session, Optional<InjectedParameters> parameters) {
        this.notebook = notebook;
        this.session = session;
        this.parameters = parameters;
    }

    /** Runs one cell; {@code JavaSession::execute}. */
    @FunctionalInterface
    public interface Session {
        CellResult execute(CellRequest cell, CellOutput output);
    }

    /**
     * How it ended.
     *
     * @param notebook with the outputs of the cells that were reached
     * @param failure the cell that failed or was interrupted
     */
    public record Executed(NotebookFile notebook, Optional<Failure> failure) {}

    /**
     * The first failing cell.
     *
     * @param source {@code etl.ipynb[7]}
     * @param interrupted stopped by the person
     */
    public record Failure(String source, CellError error, boolean interrupted) {}

    /** A run of {@code notebook}; cells that an earlier run with parameters injected are left out. */
    public static HeadlessRun of(NotebookFile notebook, Session session) {
        return new HeadlessRun(notebook.withoutInjected(), session, Optional.empty());
    }

    /** The same run with other values than the notebook's own. */
    public HeadlessRun with(InjectedParameters values) {
        return new HeadlessRun(notebook, session, Optional.of(values));
    }

    /** Runs to the end or to the first failing cell. */
    public Executed run(HeadlessListener listener) {
        Map<Integer, CollectedOutput> outputs = new HashMap<>();
        CollectedOutput.Displays displays = new CollectedOutput.Displays();
        CollectedOutput injected = new CollectedOutput(0, displays);
        Optional<Failure> failure = Optional.empty();
        List<CodeCell> cells = notebook.codeCells();
        for (CodeCell cell : cells) {
            if (failure.isPresent()) {
                break;
            }
            CollectedOutput collected = new CollectedOutput(cell.index(), displays);
            outputs.put(cell.index(), collected);
            if (!cell.text().isBlank()) {
                failure = execute(cell, notebook.source(cell), cells.size(), collected, listener);
            }
            Optional<String> values =
                    parameters.filter(given -> given.behind() == cell.index()).map(InjectedParameters::text);
            if (failure.isEmpty() && values.isPresent()) {
                CodeCell own = new CodeCell(cell.index(), values.get(), true, false);
                failure = execute(own, notebook.name() + "[parameters]", cells.size(), injected, listener);
            }
        }
        return new Executed(withOutputs(outputs, injected.outputs()), failure);
    }

    private NotebookFile withOutputs(Map<Integer, CollectedOutput> outputs, ArrayNode injected) {
        Map<Integer, ArrayNode> collected = outputs.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().outputs()));
        NotebookFile executed = notebook.withoutOutputs().withOutputs(collected);
        return parameters
                .map(values -> executed.withInjected(values.behind(), values.text(), injected))
                .orElse(executed);
    }

    private Optional<Failure> execute(
            CodeCell cell, String source, int total, CollectedOutput collected, HeadlessListener listener) {
        CellOutput both = new ForkedOutput(collected, listener.started(cell, total));
        CellResult result = session.execute(new CellRequest(source, cell.index(), cell.text()), both);
        listener.finished(cell, result);
        if (result instanceof CellResult.Failed failed) {
            return Optional.of(new Failure(source, failed.error(), false));
        }
        if (result instanceof CellResult.Interrupted interrupted) {
            return Optional.of(new Failure(source, interrupted.error(), true));
        }
        return Optional.empty();
    }
}
