package io.dagshell.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import io.dagshell.server.EtlFolder;
import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.store.orchestration.Backfill;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.FolderFiles;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackfillPageTest {
    private static final DeploymentName NAME = new DeploymentName("Nightly <i>");
    private static final String QUERY = "name=" + Shown.encoded(NAME.value());
    private static final String PAGE = """
            name: Nightly <i>
            flow: etl
            parameters: {month: "${scheduled.month}"}
            schedules: [{cron: "0 3 1 * *", zone: Europe/Berlin}]
            """;

    @TempDir
    Path folder;

    private DeploymentSite site;
    private Visitor visitor;
    private DeploymentServices services;

    @BeforeEach
    void start() throws IOException {
        site = new DeploymentSite(folder, files());
        visitor = site.visitor;
        services = site.services;
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private static FolderFiles files() {
        return EtlFolder.of(
                PAGE,
                new FlowParameter("year", "int", Optional.empty(), Optional.of("2020")),
                new FlowParameter("month", "int", Optional.empty(), Optional.of("1")));
    }

    private String form(String begin, String more) {
        String schedule = services.state().schedules().of(NAME).get(0).id().toString();
        return QUERY + "&schedule=" + schedule + "&zone=UTC&cron=&fromTime=&toTime=&order=oldest&rerun=NONE&stopAfter=3"
                + "&queue=&key=k1&p-year=2020&p-month=" + Shown.encoded("${scheduled.month}") + "&begin=" + begin + "&"
                + more;
    }

    private List<Backfill> backfills() {
        return services.state().backfills().of(NAME, 10);
    }

    @Test
    void a_range_is_shown_before_anything_is_begun_and_begun_once() throws Exception {
        assertThat(visitor.get("/deployment?" + QUERY).body()).contains("/deployment/backfill?" + QUERY);
        assertThat(visitor.get("/deployment/backfill?" + QUERY).body())
                .contains("Run a range of the past")
                .contains("0 3 1 * * Europe/Berlin");
        String range = "fromDay=2025-01-01&toDay=2025-03-31&limit=2";

        String preview =
                visitor.post("/deployment/backfill", form("false", range)).body();
        assertThat(preview)
                .contains("3 runs would be made")
                .contains("2025-02-01 02:00:00 UTC")
                .contains("2025-02-01 03:00")
                .contains("<pre>2020</pre>")
                .doesNotContain("Nightly <i>");
        assertThat(backfills()).isEmpty();

        HttpResponse<String> begun = visitor.post("/deployment/backfill", form("true", range));
        assertThat(begun.statusCode()).isEqualTo(303);
        assertThat(visitor.post("/deployment/backfill", form("true", range))
                        .headers()
                        .firstValue("Location"))
                .isEqualTo(begun.headers().firstValue("Location"));
        assertThat(backfills()).hasSize(1);
        String page = visitor.body(begun.headers().firstValue("Location").orElseThrow());
        assertThat(page).contains("0 of 3 instants").contains("2 at once").doesNotContain("Nightly <i>");
        assertThat(visitor.body("/deployment?" + QUERY))
                .contains("Backfills")
                .contains("2025-01-01 00:00 to 2025-03-31");
        assertThat(visitor.body("/")).contains("/backfill?id=");
    }

    @Test
    void values_that_differ_go_to_its_runs() throws Exception {
        String range = "fromDay=2025-01-01&toDay=2025-01-31&limit=1";
        visitor.post("/deployment/backfill", form("true", range).replace("p-year=2020", "p-year=1999"));
        assertThat(backfills().get(0).spec().pattern().parametersJson()).isEqualTo("{\"year\":1999}");
    }

    @Test
    void what_does_not_fit_is_said_beside_what_was_typed() throws Exception {
        for (String[] each : new String[][] {
            {"fromDay=&limit=1", "Say from which day on"},
            {"fromDay=2025-01-01&toDay=2025-01-31&limit=many", "Runs at once is a whole number"},
            {"fromDay=2025-01-02&toDay=2025-01-31&limit=1", "Nothing is due"},
            {"fromDay=2025-01-02&toDay=9999-01-31&limit=1", "ends in the future"},
        }) {
            HttpResponse<String> answer = visitor.post("/deployment/backfill", form("true", each[0]));
            assertThat(answer.statusCode()).as(each[0]).isEqualTo(400);
            assertThat(answer.body()).contains(each[1]).contains("name=\"key\" value=\"k1\"");
        }
        String own = form("false", "fromDay=2025-01-01&toDay=2025-01-31&limit=1")
                .replaceAll("schedule=[^&]*", "schedule=own");
        assertThat(visitor.post("/deployment/backfill", own).body()).contains("Choose a schedule, or type");
        assertThat(visitor.post("/deployment/backfill", own.replace("&cron=", "&cron=0 0 * * *".replace(" ", "%20")))
                        .body())
                .contains("31 runs would be made");
        assertThat(backfills()).isEmpty();
    }

    @Test
    void it_is_paused_changed_resumed_and_cancelled() throws Exception {
        visitor.post("/deployment/backfill", form("true", "fromDay=2024-01-01&toDay=2025-03-31&limit=1"));
        String id = "id=" + backfills().get(0).id();
        assertThat(visitor.post("/backfill/change", id + "&paused=true").statusCode())
                .isEqualTo(303);
        assertThat(visitor.body("/backfill?" + id)).contains("Paused").contains("Resume");
        visitor.post("/backfill/change", id + "&limit=4");
        visitor.post("/backfill/change", id + "&paused=false");
        assertThat(backfills().get(0).state()).isEqualTo(Backfill.State.RUNNING);
        assertThat(backfills().get(0).spec().pace().atOnce()).isEqualTo(4);

        visitor.post("/backfill/cancel", id);
        assertThat(backfills().get(0).state()).isEqualTo(Backfill.State.CANCELLED);
        assertThat(visitor.body("/backfill?" + id)).contains("cancelled on the dashboard");
        assertThat(visitor.post("/backfill/change", id + "&paused=false").statusCode())
                .isEqualTo(409);
        assertThat(visitor.get("/backfill?id=none").statusCode()).isEqualTo(404);
    }
}
