package io.dagshell.notebooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What must hold before a notebook is run or exported. */
final class NotebookChecks {
    private static final String CONVERT = "; convert it with: jupyter nbconvert --to notebook --nbformat 4 ";

    private NotebookChecks() {}

    static void check(String place, ObjectNode root) {
        JsonNode format = root.path("nbformat");
        if (!format.isIntegralNumber()) {
            throw new NotebookProblem(place + " is no notebook: it has no 'nbformat'.");
        }
        if (format.asInt() < 4) {
            throw new NotebookProblem(
                    place + " has notebook format " + format.asInt() + ", DagShell reads 4" + CONVERT + place + ".");
        }
        if (format.asInt() > 4) {
            throw new NotebookProblem(place + " has notebook format " + format.asInt() + ", DagShell reads 4.");
        }
        if (!root.path("cells").isArray()) {
            throw new NotebookProblem(place + " is no notebook: it has no list of 'cells'.");
        }
        language(place, root);
        boolean code = false;
        for (JsonNode cell : root.path("cells")) {
            code |= NotebookFile.isCode(cell)
                    && !NotebookJson.joined(cell.path("source")).isBlank();
        }
        if (!code) {
            throw new NotebookProblem(place + " has no code: none of its cells is a code cell with text.");
        }
    }

    private static void language(String place, ObjectNode root) {
        JsonNode metadata = root.path("metadata");
        String language = metadata.path("kernelspec")
                .path("language")
                .asText(metadata.path("language_info").path("name").asText("java"));
        if (!language.isBlank() && !language.equalsIgnoreCase("java")) {
            throw new NotebookProblem(place + " is a notebook of " + language + ", DagShell runs Java.");
        }
    }
}
