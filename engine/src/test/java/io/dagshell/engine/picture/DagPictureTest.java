package io.dagshell.engine.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class DagPictureTest {

    private static final FlowGraph CHAIN = graph(List.of("fetch", "clean", "load"), "fetch>clean", "clean>load");

    @Test
    void every_task_is_drawn_once_and_every_value_as_a_line() throws Exception {
        Document picture = parse(DagPicture.svg(CHAIN));

        assertThat(texts(picture)).containsExactly("fetch", "clean", "load");
        assertThat(picture.getElementsByTagName("path").getLength()).isEqualTo(2 * 2);
    }

    @Test
    void it_says_in_words_what_it_shows() {
        assertThat(DagPicture.svg(CHAIN))
                .contains("role=\"img\"")
                .contains("aria-label=\"DAG: fetch, clean, load; fetch → clean, clean → load\"");
    }

    @Test
    void it_takes_the_colour_of_the_page_and_needs_nothing_from_outside() {
        assertThat(DagPicture.svg(CHAIN))
                .contains("currentColor")
                .doesNotContain("<style", "<script", "href", "url(")
                .hasSizeLessThan(3_000);
    }

    @Test
    void a_mapped_subflow_is_a_stack_with_a_double_frame() throws Exception {
        FlowGraph mapped = new FlowGraph(
                List.of(new FlowGraph.Node("ingest", new TaskName("ingest"), Kind.FLOW, true)), List.of());

        Document picture = parse(DagPicture.svg(mapped));

        assertThat(texts(picture)).containsExactly("ingest ×n");
        assertThat(picture.getElementsByTagName("rect").getLength()).isEqualTo(2);
        assertThat(picture.getElementsByTagName("path").getLength()).isEqualTo(1);
    }

    @Test
    void of_very_many_calls_those_of_a_task_side_by_side_are_one_node_that_counts_them() throws Exception {
        List<FlowGraph.Node> nodes = new ArrayList<>(List.of(node("list", "list"), node("sum", "sum")));
        List<FlowGraph.Edge> edges = new ArrayList<>();
        Map<String, State> states = new HashMap<>();
        for (int i = 1; i <= 300; i++) {
            nodes.add(node("load-" + i, "load"));
            edges.add(new FlowGraph.Edge("list", "load-" + i));
            edges.add(new FlowGraph.Edge("load-" + i, "sum"));
            states.put("load-" + i, i == 7 ? State.FAILED : State.COMPLETED);
        }

        String svg = DagPicture.svg(new FlowGraph(nodes, edges), states, Map.of("load-9", "changed by cell 4"));

        assertThat(texts(parse(svg))).containsExactly("list", "sum", "✗ load ×300");
        assertThat(svg)
                .contains("task load, 300 calls: 299 Completed, 1 Failed; changed by cell 4")
                .contains("DAG: list, sum, load ×300; list → load ×300, load ×300 → sum");
    }

    private static FlowGraph.Node node(String id, String task) {
        return new FlowGraph.Node(id, new TaskName(task), Kind.TASK, false);
    }

    @Test
    void a_state_is_told_by_sign_and_colour() throws Exception {
        String svg = DagPicture.svg(CHAIN, Map.of("fetch", State.CACHED, "clean", State.FAILED));

        assertThat(texts(parse(svg))).containsExactly("≡ fetch", "✗ clean", "load");
        assertThat(svg).contains("task clean: Failed");
    }

    @Test
    void names_of_identifiers_with_odd_letters_stay_well_formed() throws Exception {
        FlowGraph odd = graph(List.of("größe$1", "日本語_データを読む"), "größe$1>日本語_データを読む");

        assertThat(texts(parse(DagPicture.svg(odd)))).containsExactly("größe$1", "日本語_データを読む");
    }

    @Test
    void a_long_chain_runs_down_the_page() throws Exception {
        List<String> names = new ArrayList<>();
        List<String> edges = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            names.add("step" + i);
            if (i > 0) {
                edges.add("step" + (i - 1) + ">step" + i);
            }
        }

        Document picture = parse(DagPicture.svg(graph(names, edges.toArray(String[]::new))));

        int width = Integer.parseInt(picture.getDocumentElement().getAttribute("width"));
        assertThat(width).isLessThan(200);
    }

    @Test
    void nodes_never_overlap_whatever_the_edges() {
        FlowGraph dense = graph(
                List.of("a", "b", "c", "d", "e", "f"), "a>b", "a>c", "a>d", "b>e", "c>e", "d>e", "a>e", "a>f", "e>f");

        LayeredLayout layout = new LayeredLayout(dense, node -> 34, 18);

        for (List<LayeredLayout.Stop> layer : layout.layers()) {
            for (int i = 1; i < layer.size(); i++) {
                LayeredLayout.Stop above = layer.get(i - 1);
                assertThat(layer.get(i).position).isGreaterThanOrEqualTo(above.position + above.size + 18);
            }
        }
        assertThat(layout.stop("f").layer).isEqualTo(3);
    }

    @Test
    void a_circle_and_an_edge_to_nowhere_are_survived() throws Exception {
        FlowGraph circle = graph(List.of("a", "b"), "a>b", "b>a", "a>a", "a>gone");

        assertThat(texts(parse(DagPicture.svg(circle)))).containsExactly("a", "b");
    }

    @Test
    void a_flow_without_tasks_has_no_picture() {
        assertThat(DagPicture.svg(new FlowGraph(List.of(), List.of()))).isEmpty();
    }

    static FlowGraph graph(List<String> names, String... edges) {
        List<FlowGraph.Node> nodes = names.stream()
                .map(name -> new FlowGraph.Node(name, new TaskName(name), Kind.TASK, false))
                .toList();
        List<FlowGraph.Edge> values = java.util.Arrays.stream(edges)
                .map(edge -> new FlowGraph.Edge(edge.split(">")[0], edge.split(">")[1]))
                .toList();
        return new FlowGraph(nodes, values);
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<String> texts(Document picture) {
        var found = picture.getElementsByTagName("text");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            texts.add(found.item(i).getTextContent());
        }
        return texts;
    }
}
