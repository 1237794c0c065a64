package io.dagshell.tables;

import static io.dagshell.tables.TableViews.plot;
import static io.dagshell.tables.TableViews.preview;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.view.MimeBundle;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TableViewsTest {
    private static final List<String> ELEMENTS = List.of(
            "div",
            "table",
            "caption",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "p",
            "svg",
            "path",
            "text",
            "g",
            "figure",
            "figcaption",
            "page");

    private static Table trips() {
        int[] ids = IntStream.range(0, 50).toArray();
        double[] fares = IntStream.range(0, 50)
                .mapToDouble(i -> i == 7 ? Double.NaN : (i * 37) % 50)
                .toArray();
        String[] flags =
                IntStream.range(0, 50).mapToObj(i -> i % 3 == 0 ? "Y" : "N").toArray(String[]::new);
        return Table.create(
                "trips",
                IntColumn.create("id", ids),
                DoubleColumn.create("fare", fares),
                StringColumn.create("flag", flags));
    }

    private static String text(PagedPreview preview) {
        return preview.bundle().get(MimeBundle.TEXT).orElseThrow();
    }

    @Test
    void pages_follow_each_other_and_the_last_one_may_be_short() {
        assertThat(text(preview(trips()))
                        .lines()
                        .skip(2)
                        .limit(20)
                        .map(line -> line.strip().split(" +")[0]))
                .containsExactlyElementsOf(
                        IntStream.range(0, 20).mapToObj(String::valueOf).toList());
        PagedPreview third = preview(trips()).page(3);
        assertThat(text(third).lines()).hasSize(2 + 10 + 1);
        assertThat(third.bundle().get(MimeBundle.HTML).orElseThrow())
                .contains(">trips: 50 rows × 3 columns (page 3 of 3)</caption>");
        assertThatThrownBy(() -> preview(trips()).page(4).bundle())
                .hasMessage("there is no page 4: 50 rows × 3 columns are 3 pages of 20");
    }

    @Test
    void rows_are_sorted_with_missing_values_last_and_filtered_without_changing_the_table() {
        Table table = trips();
        String ascending = text(preview(table).rows(3).sortBy("fare"));
        assertThat(ascending.lines().skip(2).limit(3).map(line -> line.strip().split(" +")[1]))
                .containsExactly("0", "1", "2");
        String last = text(preview(table).rows(50).sortBy("-flag", "-fare"));
        assertThat(last.lines().skip(2).findFirst().orElseThrow()).endsWith("Y");
        List<String> yes = last.lines().skip(2).limit(17).toList();
        assertThat(yes).allSatisfy(line -> assertThat(line).endsWith("Y"));
        assertThat(last.lines().skip(2 + 49).findFirst().orElseThrow()).contains("∅");
        PagedPreview filtered = preview(table).where(t -> t.intColumn("id").isGreaterThan(45));
        assertThat(text(filtered)).endsWith("trips: 4 rows × 3 columns");
        assertThat(filtered.bundle().get(MimeBundle.HTML).orElseThrow()).contains("(page 1 of 1, filtered)");
        assertThat(table.rowCount()).isEqualTo(50);
        assertThatThrownBy(() -> preview(table).sortBy("tip"))
                .hasMessage("there is no column 'tip'; the table has id, fare, flag");
    }

    @Test
    void plots_say_in_words_what_they_draw() {
        Table table = trips();
        assertThat(plot(table).histogram("fare", 5).text())
                .isEqualTo("histogram of fare: 49 values from 0 to 49, 1 missing; in 5 parts: 9 10 10 10 10");
        assertThat(plot(table).bar("flag").text()).isEqualTo("rows by flag: N 33, Y 17");
        assertThat(plot(table).bar("flag", "id").text()).isEqualTo("sum of id by flag: N 817, Y 408");
        assertThat(plot(table).scatter("id", "fare").text())
                .isEqualTo("fare over id: 49 rows; id from 0 to 49; fare from 0 to 49");
        assertThat(plot(table).line("id", "fare").html())
                .contains("<svg role=\"img\" aria-label=\"fare along id: 49 rows");
        assertThatThrownBy(() -> plot(table).histogram("flag")).hasMessageContaining("is text; a plot of it is bar");
    }

    @Test
    void plots_of_nothing_of_one_value_and_of_very_many_rows_stay_small() {
        Table none = trips().emptyCopy();
        assertThat(plot(none).histogram("fare").text()).contains("0 values");
        assertThat(plot(none).bar("flag").html()).contains("<svg");
        assertThat(plot(none).line("id", "fare").html()).contains("<svg");
        Table large = SampleTables.random(1, 200_000, 1_000);
        for (Plot each : List.of(
                plot(large).histogram("int"),
                plot(large).scatter("int", "double"),
                plot(large).line("double", "int"),
                plot(large).bar("string"))) {
            assertThat(each.html().length()).isLessThan(64 * 1024);
            assertThat(each.html()).doesNotContain("NaN").doesNotContainIgnoringCase("<script");
        }
        assertThat(plot(large).scatter("int", "double").text()).contains("≈ one of ");
    }

    @Test
    void dates_are_written_as_dates() {
        Table table = Table.create(
                "t", DateColumn.create("day", java.time.LocalDate.of(2021, 1, 1), java.time.LocalDate.of(2021, 2, 1)));
        assertThat(plot(table).histogram("day", 2).text()).contains("from 2021-01-01 to 2021-02-01");
    }

    @Property(tries = 300)
    void no_text_gets_out_of_its_cell(@ForAll @Size(max = 6) List<String> texts, @ForAll String name) throws Exception {
        String evil = "</td></svg><script>alert(1)</script><img src=x onerror='x'>\"&\u202e";
        String[] values = Stream.concat(texts.stream(), Stream.of(evil, evil)).toArray(String[]::new);
        StringColumn column = StringColumn.create("text " + name + evil, values);
        double[] numbers = new double[values.length];
        Arrays.setAll(numbers, i -> i);
        Table table = Table.create(evil + name, column, DoubleColumn.create(evil, numbers));
        List<Function<Table, String>> views = List.of(
                each -> TablePreview.of(each).html(),
                each -> preview(each).sortBy(evil).bundle().get(MimeBundle.HTML).orElseThrow(),
                each -> plot(each).bar(each.column(0).name()).html(),
                each -> plot(each).histogram(evil).html(),
                each -> plot(each).scatter(evil, evil).html());
        for (Function<Table, String> view : views) {
            String html = view.apply(table);
            assertThat(html).doesNotContain("\u202e");
            NodeList all = parsed(html).getElementsByTagName("*");
            for (int i = 0; i < all.getLength(); i++) {
                Element element = (Element) all.item(i);
                assertThat(ELEMENTS).contains(element.getTagName());
                assertThat(element.hasAttribute("onerror")).isFalse();
            }
        }
    }

    private static Document parsed(String html) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader("<page>" + html + "</page>")));
    }
}
