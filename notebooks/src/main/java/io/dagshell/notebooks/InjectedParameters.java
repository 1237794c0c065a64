package io.dagshell.notebooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.dagshell.engine.model.Parameter;
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
     * The cell that gives {@code values}.
     *
     * @param declared what the {@code %%params} cell declares
     * @param values parameter name to canonical JSON, already checked against the types
     * @throws NotebookProblem a type that no Java expression is known for
     */
    public static InjectedParameters of(CodeCell cell, List<Parameter> declared, Map<String, String> values) {
        StringBuilder text = new StringBuilder("%%params");
        for (Parameter parameter : declared) {
            String json = values.get(parameter.name());
            if (json != null) {
                text.append('\n')
                        .append(parameter.type())
                        .append(' ')
                        .append(parameter.name())
                        .append(" = ")
                        .append(literal(parameter, json))
                        .append(';');
            }
        }
        return new InjectedParameters(cell.index(), text.toString());
    }

    private static String literal(Parameter parameter, String json) {
        try {
            return JavaLiteral.of(parameter.type(), NotebookJson.MAPPER.readTree(json));
        } catch (JsonProcessingException notJson) {
            throw new NotebookProblem("The value of parameter " + parameter.name() + " is not JSON: " + json, notJson);
        }
    }
}
