package io.dagshell.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DisplayTest {
    private final Cells cells = Cells.open();

    @AfterEach
    void close() {
        cells.close();
    }

    private Map<String, String> shown(String cell) {
        return cells.must(cell).results().get(0);
    }

    @Test
    void records_are_a_table_whatever_holds_them() {
        cells.must("import java.util.*; import java.util.stream.*;");
        cells.must("record Trip(int id, String to) {}\nvar trips = List.of(new Trip(7, \"<b>\"), new Trip(12, null));");
        String text = "id  to\n 7  <b>\n12  null";
        for (String value : new String[] {"trips", "trips.toArray()", "trips.stream()", "new LinkedHashSet<>(trips)"}) {
            Map<String, String> bundle = shown(value);
            assertThat(bundle.get("text/plain")).as(value).isEqualTo(text);
            assertThat(bundle.get("text/html")).contains("&lt;b&gt;").doesNotContain("<b>");
        }
        assertThat(shown("new TreeMap<>(Map.of(\"a\", trips.get(0)))").get("text/plain"))
                .isEqualTo("key  id  to\na     7  <b>");
    }

    @Test
    void maps_and_arrays_in_two_dimensions_have_a_table_too() {
        cells.must("import java.util.*;");
        assertThat(shown("Map.of(\"<k>\", 1)"))
                .containsEntry("text/plain", "{<k>=1}")
                .hasEntrySatisfying("text/html", html -> assertThat(html).contains("&lt;k&gt;"));
        assertThat(shown("new int[][] {{1, 2}, {30}}").get("text/plain")).isEqualTo(" 0  1\n 1  2\n30");
        assertThat(shown("List.of(Map.of(\"name\", \"a\"), Map.of(\"name\", \"b\"))")
                        .get("text/plain"))
                .isEqualTo("name\na\nb");
        assertThat(shown("new int[] {1, 2}")).isEqualTo(Map.of("text/plain", "[1, 2]"));
        assertThat(shown("List.of(1, 2)")).isEqualTo(Map.of("text/plain", "[1, 2]"));
    }

    @Test
    void what_is_large_or_has_no_end_is_cut_and_says_so() {
        cells.must("import java.util.*; import java.util.stream.*; record P(int x) {}");
        Map<String, String> bundle = shown("IntStream.range(0, 1_000_000).mapToObj(P::new).toList()");
        assertThat(bundle.get("text/plain")).endsWith("49\n50 of 1,000,000 rows");
        assertThat(bundle.get("text/html")).hasSizeLessThan(10_000);
        assertThat(shown("Stream.iterate(new P(0), p -> new P(p.x() + 1))").get("text/plain"))
                .endsWith("49\nthe first 50 rows");
        assertThat(shown("Stream.iterate(1, n -> n + 1)").get("text/plain")).endsWith("49, 50, …]");
        assertThat(shown("IntStream.range(0, 1_000_000).boxed().toList()").get("text/plain"))
                .endsWith("999, … 999,000 more]");
        assertThat(shown("new int[5000]").get("text/plain")).endsWith("0, … 4,000 more]");
        assertThat(shown("new int[2][100]").get("text/plain")).endsWith("30 of 100 columns");
    }

    @Test
    void a_persons_own_renderer_is_asked_first_and_the_most_special_one_wins() {
        cells.must("interface Shape {}\nrecord Circle(int r) implements Shape {}\nrecord Dot() implements Shape {}");
        cells.must("renderer(Circle.class, c -> svg(\"<circle r='\" + c.r() + \"'/>\"));"
                + "renderer(Shape.class, s -> \"some shape\");");
        assertThat(shown("new Circle(3)")).containsEntry("image/svg+xml", "<circle r='3'/>");
        assertThat(shown("new Dot()")).isEqualTo(Map.of("text/plain", "some shape"));
        cells.must("renderer(Dot.class, d -> d);");
        assertThat(shown("new Dot()")).isEqualTo(Map.of("text/plain", "Dot[]"));
        assertThat(cells.mustFail("renderer(Dot.class, d -> 1 / 0); new Dot()").traceback())
                .contains("/ by zero")
                .contains("[7]:1");
    }

    @Test
    void pictures_json_and_charts_go_out_as_what_they_are() {
        cells.must("import java.util.*;");
        assertThat(shown("new java.awt.image.BufferedImage(2, 3, java.awt.image.BufferedImage.TYPE_INT_RGB)"))
                .containsEntry("text/plain", "2 × 3 picture")
                .hasEntrySatisfying("image/png", png -> assertThat(png).startsWith("iVBORw0KGgo"));
        assertThat(shown("image(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 1})"))
                .containsEntry("image/jpeg", "/9j/AQ==");
        assertThat(cells.mustFail("image(new byte[] {1, 2})").traceback()).contains("no PNG, JPEG, GIF or WebP");
        assertThat(shown("json(List.of(Map.of(\"a\", 1)))")).containsEntry("application/json", "[{\"a\":1}]");
        assertThat(cells.mustFail("json(\"{broken\")").traceback()).contains("this is no JSON in line 1");
        assertThat(shown("vegaLite(\"{\\\"mark\\\": \\\"bar\\\"}\")"))
                .containsEntry("application/vnd.vegalite.v5+json", "{\"mark\":\"bar\"}");
        assertThat(shown("markdown(\"**b**\")")).containsEntry("text/markdown", "**b**");
        assertThat(shown("latex(\"$x$\")")).containsEntry("text/latex", "$x$");
        assertThat(cells.must("display(new byte[] {1}, \"image/png\");")
                        .displays()
                        .get(0))
                .containsEntry("image/png", "AQ==");
    }

    @Test
    void a_progress_bar_is_replaced_now_and_then_and_stands_still_at_the_end() {
        cells.must("import java.util.*; import java.util.stream.*;");
        Recorder whole = cells.must(
                "int sum = 0; for (int n : progress(IntStream.range(0, 100_000).boxed().toList(), \"rows\")) sum += n;");
        assertThat(whole.displays()).hasSizeLessThan(50);
        Map<String, String> last = whole.displays().get(whole.displays().size() - 1);
        assertThat(last.get("text/plain")).startsWith("rows [####").contains("100,000 of 100,000 in ");
        assertThat(last.get("text/html")).contains("<progress value=\"100000\" max=\"100000\">");
        Recorder left = cells.must("for (int n : progress(List.of(1, 2, 3, 4))) if (n == 3) break;");
        assertThat(left.displays().get(left.displays().size() - 1).get("text/plain"))
                .endsWith("s, stopped");
        Recorder unknown = cells.must("for (int n : progress(Stream.iterate(1, n -> n + 1).limit(5))) {}");
        assertThat(unknown.displays().get(1).get("text/plain")).startsWith("5 in ");
    }
}
