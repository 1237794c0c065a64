package io.dagshell.installer.compose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.home.Home;
import io.dagshell.engine.loading.UserLoader;
import io.dagshell.engine.run.OutputTee;
import io.dagshell.kernel.session.CellRequest;
import io.dagshell.magics.slice.NotebookSource;
import io.dagshell.magics.slice.Slice;
import io.dagshell.runner.DeployedFlow;
import io.dagshell.runner.LocalState;
import io.dagshell.runner.RunStreams;
import io.dagshell.runner.RunnerSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What tasks do to the tables they are given, in a notebook and in a compiled flow. */
@Timeout(120)
class TablesAreValuesTest {
    private static final List<String> CELLS = List.of(
            "%%task\nTable trips(int rows) {\n    return Table.create(\"trips\", IntColumn.create(\"n\", 1, 2, 3),"
                    + " DoubleColumn.create(\"fare_amount\", 1.5, 2.5, 3.5));\n}",
            "%%task cache\nTable kept(int rows) {\n    return Table.create(\"trips\", IntColumn.create(\"n\", 1, 2, 3),"
                    + " DoubleColumn.create(\"fare_amount\", 1.5, 2.5, 3.5));\n}",
            "%%task\nTable clean(Table trips) {\n    trips.doubleColumn(\"fare_amount\").set(0, 100.5);\n"
                    + "    return trips;\n}",
            "%%task\ndouble total(Table trips) {\n    return trips.doubleColumn(\"fare_amount\").sum();\n}",
            "%%task\ndouble totals(List<Table> months, double first) {\n"
                    + "    return months.stream().mapToDouble(t -> t.doubleColumn(1).sum()).sum() + first;\n}",
            "final class Gate { static final java.util.concurrent.CountDownLatch CHANGED = new"
                    + " java.util.concurrent.CountDownLatch(1), READING = new java.util.concurrent.CountDownLatch(1); static final"
                    + " java.util.concurrent.atomic.AtomicBoolean FIRST = new"
                    + " java.util.concurrent.atomic.AtomicBoolean(true); }",
            "%%task\nTable spoil(Table trips) throws Exception {\n    Gate.READING.await();\n"
                    + "    trips.doubleColumn(\"fare_amount\").set(0, 100.5);\n"
                    + "    Gate.CHANGED.countDown();\n    return trips;\n}",
            "%%task\ndouble slow(Table trips) throws Exception {\n    Gate.READING.countDown();\n"
                    + "    Gate.CHANGED.await();\n    return trips.doubleColumn(\"fare_amount\").sum();\n}",
            "%%task retries=1\nTable flaky(Table trips) {\n    if (Gate.FIRST.getAndSet(false)) {\n"
                    + "        trips.doubleColumn(\"fare_amount\").set(0, 100.5);\n"
                    + "        throw new IllegalStateException(\"half way\");\n    }\n    return trips;\n}",
            "%%flow\nString retried(int rows) {\n    double sum = total(flaky(trips(rows)));\n"
                    + "    return \"first \" + Gate.FIRST.get() + \", \" + sum;\n}",
            "record Month(int number, Table trips) {}",
            "%%task\nint spoilMonth(Month month) {\n    month.trips().doubleColumn(\"fare_amount\").set(0, 100.5);\n"
                    + "    return month.number();\n}",
            "%%flow\ndouble inRecord(int rows) {\n    Table t = trips(rows);\n    spoilMonth(new Month(1, t));\n    return total(t);\n}",
            "%%flow\ndouble alone(int rows) {\n    return total(clean(trips(rows)));\n}",
            "%%flow\ndouble shared(int rows) {\n    Table t = trips(rows);\n    clean(t);\n    return total(t);\n}",
            "%%flow\nString sharedKept(int rows) {\n    Table t = kept(rows);\n    String refused = \"\";\n"
                    + "    try { clean(t); } catch (RuntimeException told) { refused = told.getMessage(); }\n"
                    + "    return refused + total(t);\n}",
            "%%flow\ndouble looped(int rows) {\n    Table t = trips(rows);\n"
                    + "    return map(List.of(1, 2), n -> total(clean(t))).get(0);\n}",
            "%%flow\ndouble read(int rows) {\n    Table t = trips(rows);\n    double sum = total(t);\n"
                    + "    return totals(List.of(t, t), sum);\n}",
            "%%flow\nString atOnce(int rows) throws Exception {\n    Table t = trips(rows);\n"
                    + "    var spoilt = submit(() -> spoil(t));\n    var sum = submit(() -> slow(t));\n"
                    + "    double was = sum.get();\n    String refused = \"\";\n"
                    + "    try { spoilt.get(); } catch (RuntimeException told) { refused = told.getMessage(); }\n"
                    + "    return refused + was;\n}");

    private static final String REFUSED =
            "task `clean` changed column `fare_amount` of its input `trips`: an input is a"
                    + " value that others may read, so it is not to be changed; make a copy first, var copy = trips.copy();,"
                    + " change that and return it";

    @TempDir
    Path folder;

    private LocalState state;

    @BeforeEach
    void open() throws IOException {
        state = LocalState.open(new Home(folder, folder.resolve("cache")), BlockSource.none(), Map.of());
    }

    @AfterEach
    void close() {
        state.close();
    }

    /** Where a flow runs. */
    enum Place {
        NOTEBOOK,
        SLICE
    }

    /** All that was shown, with the flow's value. */
    private String run(Place place, String flow) throws Exception {
        return place == Place.NOTEBOOK ? inNotebook(flow + "(3)") : inSlice(flow);
    }

    private String inNotebook(String... calls) throws IOException {
        PrintStream out = System.out;
        PrintStream err = System.err;
        Seen seen = new Seen();
        try (NotebookSession session = NotebookSession.open(state, "etl.ipynb", "notebook")) {
            List<String> all = new ArrayList<>(CELLS);
            all.addAll(List.of(calls));
            int number = 0;
            for (String cell : all) {
                number++;
                session.session().execute(new CellRequest("etl.ipynb[" + number + "]", number, cell), seen);
            }
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return seen.all();
    }

    private String inSlice(String flow) throws IOException {
        List<NotebookSource.Cell> cells = new ArrayList<>();
        CELLS.forEach(text -> cells.add(new NotebookSource.Cell(cells.size() + 1, text)));
        Slice slice = SliceCompilers.create(List.of()).compile(new NotebookSource("etl.ipynb", cells), flow);
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(shown, true, UTF_8);
        PrintStream out = System.out;
        System.setOut(stream);
        try (UserLoader loader = UserApi.loader()) {
            RunStreams streams = new RunStreams(stream, stream, OutputTee.none());
            DeployedFlow.open(slice.manifest(), slice.loader(loader))
                    .run(Map.of("rows", "3"), RunnerSettings.telling(state, streams));
        } finally {
            System.setOut(out);
        }
        return shown.toString(UTF_8);
    }

    @ParameterizedTest
    @EnumSource
    void a_task_alone_with_its_table_may_use_it_up(Place place) throws Exception {
        assertThat(run(place, "alone")).contains("106.5").doesNotContain("changed");
    }

    @ParameterizedTest
    @EnumSource
    void a_second_attempt_is_given_what_the_first_was_given(Place place) throws Exception {
        assertThat(run(place, "retried"))
                .containsAnyOf("first false", "attempt 2")
                .contains("7.5")
                .doesNotContain("106.5");
    }

    @ParameterizedTest
    @EnumSource
    void a_task_that_changes_what_another_reads_is_told_the_column_and_what_to_do(Place place) throws Exception {
        assertThat(run(place, "shared")).contains(REFUSED).doesNotContain("106.5");
        assertThat(run(place, "looped")).contains(REFUSED).doesNotContain("106.5");
    }

    @ParameterizedTest
    @EnumSource
    void what_the_upstream_task_keeps_is_never_the_changed_table(Place place) throws Exception {
        assertThat(run(place, "sharedKept")).contains(REFUSED, "7.5").doesNotContain("106.5");
        assertThat(run(place, "sharedKept")).contains(REFUSED, "7.5").doesNotContain("106.5");
    }

    @ParameterizedTest
    @EnumSource
    void one_who_reads_at_the_same_time_sees_no_change(Place place) throws Exception {
        assertThat(run(place, "atOnce"))
                .contains("task `spoil` changed column `fare_amount`", "7.5")
                .doesNotContain("106.5");
    }

    @ParameterizedTest
    @EnumSource
    void tasks_that_only_read_a_table_share_it_freely(Place place) throws Exception {
        assertThat(run(place, "read")).contains("22.5").doesNotContain("changed");
    }

    @Test
    void a_table_in_a_variable_of_the_notebook_stays_what_it_was() throws Exception {
        String shown = inNotebook("var t = trips(3);", "clean(t)", "total(t)");
        assertThat(shown).contains(REFUSED, "7.5").doesNotContain("106.5");
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void a_table_inside_a_record_is_a_value_too(Place place) throws Exception {
        assertThat(run(place, "inRecord"))
                .contains(
                        "task `spoilMonth` changed column `fare_amount` of `trips` of its input `month`: an input is a value"
                                + " that others may read, so it is not to be changed; copy the table inside first, with copy(), change"
                                + " that and return it");
    }
}
