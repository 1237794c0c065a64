package io.dagshell.engine.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import io.dagshell.engine.deploy.FlowManifest.Library;
import io.dagshell.engine.deploy.FlowManifest.SlicedTask;
import io.dagshell.engine.json.JsonTree;
import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.FlowGraph.Edge;
import io.dagshell.engine.model.FlowGraph.Node;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.TaskName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The bytes of {@code flow.json}: names on the wire are written here and nowhere else; equal manifests, equal bytes. */
public final class ManifestJson {
    /**
     * What this DagShell builds, and the newest that it understands: the form of {@code flow.json}, and what runs of the flow tell
     * ({@link io.dagshell.engine.event.EventJson}). It is raised when one of them gets what builds before would not understand;
     * those of smaller numbers are still read and run. A server refuses a deployment whose number is greater.
     */
    public static final int FORMAT = 1;

    /** Of a document that does not say it. */
    private static final int FIRST = 1;

    private static final JsonTree JSON = JsonTree.PLAIN;

    private ManifestJson() {}

    /** Indented UTF-8 that ends with a newline. */
    public static byte[] write(FlowManifest manifest) {
        ObjectNode root = JSON.object();
        root.put("format", manifest.format());
        root.put("flow", manifest.flow().value());
        root.put("notebook", manifest.notebook());
        root.put("jdk", manifest.jdk());
        root.put("zone", manifest.zone());
        manifest.parameters().forEach(parameter -> root.withArray("parameters").add(flowParameter(parameter)));
        root.withArray("parameters");
        manifest.tasks().forEach(task -> root.withArray("tasks").add(slicedTask(task)));
        root.set("graph", graph(manifest.graph()));
        root.put("picture", manifest.picture());
        root.set("blocks", texts(manifest.blocks()));
        root.withArray("libraries");
        manifest.libraries()
                .forEach(library -> root.withArray("libraries")
                        .addObject()
                        .put("coordinate", library.coordinate())
                        .put("sha256", library.sha256()));
        manifest.subflows()
                .forEach((flow, graph) -> root.withObject("/subflows").set(flow.value(), graph(graph)));
        return pretty(root);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException no such document, or one of a newer form; the message is a sentence for people
     */
    public static FlowManifest read(byte[] json) throws IOException {
        JsonNode root = tree(json);
        int format = format(root);
        if (format > FORMAT) {
            throw new IOException("flow.json has format " + format + ", and this DagShell reads those up to " + FORMAT
                    + "; use the DagShell that built it or a newer one, or build the deployment again with this one");
        }
        try {
            return new FlowManifest(
                    format,
                    new TaskName(text(root, "flow")),
                    text(root, "notebook"),
                    root.path("jdk").asInt(),
                    text(root, "zone"),
                    list(root, "parameters", ManifestJson::readFlowParameter),
                    list(root, "tasks", ManifestJson::readSlicedTask),
                    readGraph(root.path("graph")),
                    text(root, "picture"),
                    list(root, "blocks", JsonNode::asText),
                    list(
                            root,
                            "libraries",
                            library -> new Library(text(library, "coordinate"), text(library, "sha256"))),
                    readGraphs(root.path("subflows")));
        } catch (RuntimeException damaged) {
            throw new IOException(
                    "flow.json is damaged (" + damaged.getMessage() + "); build the deployment again", damaged);
        }
    }

    /**
     * The format alone, which can be told of newer documents too.
     *
     * @throws IOException no such document; the message is a sentence for people
     */
    public static int format(byte[] json) throws IOException {
        return format(tree(json));
    }

    private static int format(JsonNode root) throws IOException {
        JsonNode format = root.path("format");
        if (format.isMissingNode()) {
            return FIRST;
        }
        if (!format.canConvertToExactIntegral() || !format.canConvertToInt() || format.intValue() < FIRST) {
            throw new IOException("flow.json is damaged (its format is " + format + "); build the deployment again");
        }
        return format.intValue();
    }

    private static JsonNode tree(byte[] json) throws IOException {
        try {
            return JSON.read(json);
        } catch (JsonProcessingException notJson) {
            throw new IOException("flow.json is not JSON: " + notJson.getOriginalMessage(), notJson);
        }
    }

    private static ObjectNode flowParameter(FlowParameter parameter) {
        ObjectNode node = JSON.object().put("name", parameter.name()).put("type", parameter.type());
        parameter.description().ifPresent(text -> node.put("description", text));
        parameter.defaultJson().ifPresent(json -> node.put("default", json));
        if (!parameter.choices().isEmpty()) {
            node.set("choices", texts(parameter.choices()));
        }
        return node;
    }

    private static FlowParameter readFlowParameter(JsonNode node) {
        return new FlowParameter(
                text(node, "name"),
                text(node, "type"),
                optional(node, "description"),
                optional(node, "default"),
                list(node, "choices", JsonNode::asText));
    }

    private static ObjectNode slicedTask(SlicedTask task) {
        ObjectNode node = DefinitionJson.write(task.definition());
        node.put("class", task.className());
        return node;
    }

    private static SlicedTask readSlicedTask(JsonNode node) {
        return new SlicedTask(DefinitionJson.read(node), text(node, "class"));
    }

    private static ObjectNode graph(FlowGraph graph) {
        ObjectNode root = JSON.object();
        ArrayNode nodes = root.putArray("nodes");
        for (Node node : graph.nodes()) {
            nodes.addObject()
                    .put("id", node.id())
                    .put("task", node.task().value())
                    .put("kind", node.kind().name())
                    .put("mapped", node.mapped());
        }
        ArrayNode edges = root.putArray("edges");
        for (Edge edge : graph.edges()) {
            ObjectNode written = edges.addObject().put("from", edge.from()).put("to", edge.to());
            if (edge.many()) {
                written.put("many", true);
            }
        }
        return root;
    }

    private static SortedMap<TaskName, FlowGraph> readGraphs(JsonNode root) {
        SortedMap<TaskName, FlowGraph> graphs = new TreeMap<>();
        root.fields().forEachRemaining(each -> graphs.put(new TaskName(each.getKey()), readGraph(each.getValue())));
        return graphs;
    }

    private static FlowGraph readGraph(JsonNode root) {
        return new FlowGraph(
                list(
                        root,
                        "nodes",
                        node -> new Node(
                                text(node, "id"),
                                new TaskName(text(node, "task")),
                                Kind.valueOf(text(node, "kind")),
                                node.path("mapped").asBoolean())),
                list(
                        root,
                        "edges",
                        edge -> new Edge(
                                text(edge, "from"),
                                text(edge, "to"),
                                edge.path("many").asBoolean())));
    }

    static ArrayNode texts(Iterable<String> values) {
        ArrayNode array = JSON.array();
        values.forEach(array::add);
        return array;
    }

    static String text(JsonNode node, String name) {
        JsonNode value = node.get(name);
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException("no text '" + name + "'");
        }
        return value.textValue();
    }

    static Optional<String> optional(JsonNode node, String name) {
        return node.has(name) ? Optional.of(text(node, name)) : Optional.empty();
    }

    static <T> List<T> list(JsonNode node, String name, Function<JsonNode, T> read) {
        List<T> values = new ArrayList<>();
        node.path(name).forEach(item -> values.add(read.apply(item)));
        return values;
    }

    private static byte[] pretty(JsonNode root) {
        Separators separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Spacing.AFTER)
                .withArrayEmptySeparator("")
                .withObjectEmptySeparator("");
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter()
                .withSeparators(separators)
                .withArrayIndenter(indenter)
                .withObjectIndenter(indenter);
        return (JSON.text(root, printer) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
