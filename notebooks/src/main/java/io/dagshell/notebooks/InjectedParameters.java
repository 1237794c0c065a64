package io.dagshell.notebooks;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import io.dagshell.engine.parameter.ParameterException;
import io.dagshell.engine.parameter.ParameterSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values given to a run of a notebook, as the cell that is put behind its {@code %%params} cell, the way papermill does
 * it.
 *
 * @param behind index of the parameters cell among code cells
 * @param text the injected cell
 */
public record InjectedParameters(int behind, String text) {

    /**
     * The cell that gives {@code texts}.
     *
     * @param declared what the notebook's {@code %%params} cells declare
     * @param texts parameter name to text, as typed
     * @throws NotebookProblem no such parameter, a text that does not fit its type, or no parameters at all
     */
    public static InjectedParameters of(
            NotebookFile notebook, List<FlowParameter> declared, Map<String, String> texts) {
        CodeCell cell = notebook.withoutInjected().codeCells().stream()
                .filter(each -> each.hasMagic("params"))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new NotebookProblem(
                        notebook.name() + " takes no parameters: none of its cells is headed %%params."));
        ParameterSchema schema = ParameterSchema.of(declared);
        Map<String, JsonNode> values = new LinkedHashMap<>();
        try {
            texts.forEach((name, text) -> values.put(name, schema.read(name, text)));
        } catch (ParameterException misfit) {
            throw new NotebookProblem(notebook.name() + ": " + misfit.getMessage() + ".", misfit);
        }
        StringBuilder text = new StringBuilder("%%params");
        for (FlowParameter parameter : declared) {
            JsonNode value = values.get(parameter.name());
            if (value != null) {
                text.append('\n').append(JavaLiteral.declaration(parameter, value));
            }
        }
        return new InjectedParameters(cell.index(), text.toString());
    }
}
