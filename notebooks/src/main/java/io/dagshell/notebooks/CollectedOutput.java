package io.dagshell.notebooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.kernel.session.CellError;
import io.dagshell.kernel.session.CellOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects what a cell puts out, in the form a notebook file keeps it. Displays are shared by all cells of a run, for a
 * later cell may update an earlier one's. Thread-safe: guarded by the displays of the run.
 */
final class CollectedOutput implements CellOutput {
    private final int executionCount;
    private final Displays displays;
    private final List<ObjectNode> outputs = new ArrayList<>();
    private final Map<ObjectNode, StringBuilder> streams = new java.util.IdentityHashMap<>();
    private boolean clearing;

    CollectedOutput(int executionCount, Displays displays) {
        this.executionCount = executionCount;
        this.displays = displays;
    }

    /** The displays of a run that may be updated: display id to every output that shows it. */
    static final class Displays {
        private final Map<String, List<ObjectNode>> shown = new HashMap<>();
    }

    /** The outputs so far. */
    ArrayNode outputs() {
        synchronized (displays) {
            streams.forEach((node, text) -> node.set("text", NotebookJson.lines(text.toString())));
            ArrayNode array = NotebookJson.MAPPER.createArrayNode();
            outputs.forEach(array::add);
            return array;
        }
    }

    @Override
    public void stdout(String text) {
        stream("stdout", text);
    }

    @Override
    public void stderr(String text) {
        stream("stderr", text);
    }

    private void stream(String name, String text) {
        if (text.isEmpty()) {
            return;
        }
        synchronized (displays) {
            clearIfAsked();
            ObjectNode last = outputs.isEmpty() ? null : outputs.get(outputs.size() - 1);
            if (last == null || !last.path("name").asText().equals(name) || !streams.containsKey(last)) {
                last = output("stream");
                last.put("name", name);
                streams.put(last, new StringBuilder());
            }
            streams.computeIfAbsent(last, node -> new StringBuilder()).append(text);
        }
    }

    @Override
    public void display(Map<String, String> bundle, Optional<String> displayId) {
        synchronized (displays) {
            clearIfAsked();
            ObjectNode node = output("display_data");
            node.putObject("metadata");
            node.set("data", data(bundle));
            displayId.ifPresent(id ->
                    displays.shown.computeIfAbsent(id, key -> new ArrayList<>()).add(node));
        }
    }

    @Override
    public void update(Map<String, String> bundle, String displayId) {
        synchronized (displays) {
            displays.shown.getOrDefault(displayId, List.of()).forEach(node -> node.set("data", data(bundle)));
        }
    }

    @Override
    public void result(Map<String, String> bundle) {
        synchronized (displays) {
            clearIfAsked();
            ObjectNode node = output("execute_result");
            node.put("execution_count", executionCount);
            node.putObject("metadata");
            node.set("data", data(bundle));
        }
    }

    @Override
    public void clear(boolean wait) {
        synchronized (displays) {
            clearing = true;
            if (!wait) {
                clearIfAsked();
            }
        }
    }

    @Override
    public void error(CellError error) {
        synchronized (displays) {
            clearIfAsked();
            ObjectNode node = output("error");
            node.put("ename", error.name());
            node.put("evalue", error.message());
            ArrayNode traceback = node.putArray("traceback");
            error.traceback().forEach(traceback::add);
        }
    }

    private ObjectNode output(String type) {
        ObjectNode node = NotebookJson.MAPPER.createObjectNode().put("output_type", type);
        outputs.add(node);
        return node;
    }

    private void clearIfAsked() {
        if (clearing) {
            clearing = false;
            outputs.clear();
            streams.clear();
        }
    }

    private static ObjectNode data(Map<String, String> bundle) {
        ObjectNode data = NotebookJson.MAPPER.createObjectNode();
        bundle.forEach((type, content) -> {
            if (type.equals("application/json") || type.endsWith("+json")) {
                data.set(type, json(content));
            } else if (type.startsWith("text/") || type.endsWith("+xml")) {
                data.set(type, NotebookJson.lines(content));
            } else {
                data.put(type, content);
            }
        });
        return data;
    }

    private static com.fasterxml.jackson.databind.JsonNode json(String content) {
        try {
            return NotebookJson.MAPPER.readTree(content);
        } catch (JsonProcessingException notJson) {
            return NotebookJson.MAPPER.getNodeFactory().textNode(content);
        }
    }
}
