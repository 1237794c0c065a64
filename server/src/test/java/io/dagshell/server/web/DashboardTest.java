package io.dagshell.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.home.Home;
import io.dagshell.engine.model.KeyPart;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import io.dagshell.server.Server;
import io.dagshell.server.ServerSettings;
import io.dagshell.store.RunStore;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardTest {
    private static final String EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
    private static final Pattern NEXT = Pattern.compile("hx-get=\"([^\"]+)\"");

    @TempDir
    Path folder;

    private Server server;
    private Visitor visitor;
    private RunStore store;

    @BeforeEach
    void start() throws IOException {
        Home home = new Home(folder, folder.resolve("cache"));
        server = Server.start(ServerSettings.local(0), home);
        visitor = new Visitor(server, home);
        store = RunStore.open(home.database());
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    @Test
    void a_home_without_runs_tells_what_to_type() throws Exception {
        assertThat(visitor.body("/runs")).contains("Nothing ran yet").contains("dagshell demo");
    }

    @Test
    void nothing_that_was_recorded_becomes_markup() throws Exception {
        RunId id = evilRun();

        for (String page : List.of("/runs", "/runs/" + id, "/runs/" + id + "/tasks/1", "/runs/" + id + "/tasks/2")) {
            assertThat(visitor.body(page))
                    .as(page)
                    .contains("&lt;script&gt;alert(1)")
                    .doesNotContain("<script>alert")
                    .doesNotContain("<img src=x");
        }
        assertThat(visitor.body("/runs?text=" + Shown.encoded(EVIL) + "&flow=" + Shown.encoded(EVIL)))
                .doesNotContain("<script>alert");
        assertThat(visitor.body("/runs/" + Shown.encoded("01" + EVIL))).doesNotContain("<script>alert");
    }

    @Test
    void the_log_is_kept_as_a_file_at_the_level_that_is_shown() throws Exception {
        ToldRun run = ToldRun.begin(store, "ETL", Instant.now());
        run.call("fetch");
        run.log(1, "INFO", "all is well").log(1, "ERROR", "no such table");
        RunId id = run.finish(State.FAILED, "");

        assertThat(visitor.body("/runs/" + id + "?level=error"))
                .contains("/runs/" + id + "/log.txt?level=error&download=true");
        HttpResponse<String> file = visitor.get("/runs/" + id + "/log.txt?level=error&download=true");
        assertThat(file.body()).contains("ERROR fetch: no such table").doesNotContain("all is well");
        assertThat(file.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename*=UTF-8''etl-" + id + ".log");
        assertThat(visitor.body("/runs/" + id + "/log.txt")).contains("all is well");
    }

    private RunId evilRun() {
        ToldRun run = ToldRun.begin(
                store,
                EVIL,
                Instant.now(),
                "{\"<script>alert(1)</script>\":\"</pre>" + "<script>alert(1)</script>\"}",
                EVIL);
        int fetch = run.call("fetch");
        run.log(fetch, "STDOUT", EVIL).miss(fetch, EVIL).result(fetch, EVIL).shows(fetch, EVIL, "", EVIL);
        int load = run.call("load", fetch);
        run.log(load, EVIL, EVIL).fails(load, EVIL, EVIL);
        return run.finish(State.FAILED, EVIL);
    }

    @Test
    void html_that_a_task_showed_is_a_document_that_may_do_nothing() throws Exception {
        ToldRun run = ToldRun.begin(store, "Ingest", Instant.now());
        run.shows(run.call("fetch"), "a table", "<table></table><script>alert(1)</script>", "");
        RunId id = run.finish(State.COMPLETED, "");

        assertThat(visitor.body("/runs/" + id))
                .contains("<iframe sandbox src=\"/runs/" + id + "/artifacts/1/a%20table\"")
                .doesNotContain("<script>alert");
        HttpResponse<String> document = visitor.get("/runs/" + id + "/artifacts/1/a%20table");
        assertThat(document.body()).contains("<table></table>");
        assertThat(document.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .startsWith("sandbox; default-src 'none';")
                .doesNotContain("script-src");
    }

    @Test
    void the_address_says_which_runs_are_listed() throws Exception {
        ToldRun.begin(store, new TaskName("alpha"), "Alpha", Instant.now().minusSeconds(60))
                .finish(State.COMPLETED, "");
        ToldRun.begin(store, "Beta", Instant.now().minusSeconds(50)).finish(State.FAILED, "no");
        ToldRun.begin(store, "Gamma", Instant.now().minus(Duration.ofDays(10))).finish(State.FAILED, "no");

        assertThat(titles("/runs")).containsExactly("Beta", "Alpha");
        assertThat(titles("/runs?state=failed")).containsExactly("Beta");
        assertThat(titles("/runs?state=failed&span=all")).containsExactly("Beta", "Gamma");
        assertThat(titles("/runs?flow=alpha")).containsExactly("Alpha");
        assertThat(visitor.body("/runs?flow=alpha")).contains("<option value=\"alpha\" selected>");
        assertThat(titles("/runs?text=gam&span=30d")).containsExactly("Gamma");
        assertThat(visitor.body("/runs?text=NOTEBOOK&span=all"))
                .contains("<b>2</b> Failed")
                .contains("<b>1</b> Completed");
        assertThat(visitor.body("/runs?text=beta&span=all"))
                .contains("<b>1</b> Failed")
                .contains("<b>0</b> Completed");
        assertThat(visitor.body("/runs?flow=alpha&state=failed"))
                .contains("<b>0</b> Failed")
                .contains("<b>1</b> Completed");
        assertThat(visitor.body("/runs?text=nowhere")).contains("No runs match");
    }

    @Test
    void older_runs_follow_the_last_one_shown_though_newer_ones_come() throws Exception {
        Instant now = Instant.now();
        for (int i = 0; i < 60; i++) {
            ToldRun.begin(store, "run " + i, now.minusSeconds(60 - i)).finish(State.COMPLETED, "");
        }
        Matcher older = Pattern.compile("href=\"([^\"]+)\">Older").matcher(visitor.body("/runs"));
        assertThat(older.find()).isTrue();
        ToldRun.begin(store, "newest", now).finish(State.COMPLETED, "");

        assertThat(titles(older.group(1))).startsWith("run 9").endsWith("run 0").hasSize(10);
    }

    @Test
    void a_part_of_a_page_is_sent_again_only_if_it_became_another() throws Exception {
        ToldRun run = ToldRun.begin(store, "Ingest", Instant.now());
        store.flush();
        String again = next(visitor.body("/runs"), 0);

        assertThat(visitor.get(again).statusCode()).isEqualTo(204);
        run.finish(State.COMPLETED, "");
        assertThat(visitor.get(again).body()).contains("Completed").contains("hx-get=");
    }

    @Test
    void a_run_that_is_over_is_not_asked_for_again() throws Exception {
        ToldRun run = ToldRun.begin(store, "Ingest", Instant.now());
        store.flush();
        assertThat(visitor.body("/runs/" + run.id))
                .contains("hx-trigger=\"changed\"")
                .contains("/api/runs/" + run.id + "/events");
        run.finish(State.COMPLETED, "");

        assertThat(visitor.body("/runs/" + run.id))
                .doesNotContain("hx-get")
                .doesNotContain("hx-trigger")
                .doesNotContain("data-events");
    }

    @Test
    void lines_of_the_log_come_as_they_are_written_each_once_with_their_task() throws Exception {
        ToldRun run = ToldRun.begin(store, "Ingest", Instant.now());
        int fetch = run.call("fetch");
        run.log(fetch, "INFO", "first line");
        store.flush();
        String page = visitor.body("/runs/" + run.id);
        String more = next(page, 2);

        assertThat(page).contains("first line");
        assertThat(visitor.get(more).statusCode()).isEqualTo(204);
        run.log(fetch, "ERROR", "second line");
        store.flush();
        assertThat(visitor.body(more))
                .contains("second line")
                .contains(">fetch</a>")
                .doesNotContain("first line");
        assertThat(visitor.body(more + "&ordinal=" + fetch))
                .contains("second line")
                .doesNotContain(">fetch</a>");
        assertThat(visitor.body("/runs/" + run.id + "?level=error"))
                .contains("second line")
                .doesNotContain("first line");
        assertThat(visitor.body("/runs/" + run.id + "/log.txt"))
                .contains("INFO fetch: first line")
                .contains("ERROR fetch: second line");
    }

    @Test
    void the_users_line_comes_first_in_a_failure_and_what_to_type_to_go_on() throws Exception {
        ToldRun run = ToldRun.begin(store, "Ingest", Instant.now());
        int load = run.call("load");
        run.fails(load, "etl.ipynb[3]:2", "no such table");
        String page = visitor.body("/runs/" + run.finish(State.FAILED, "IOException: no such table"));

        assertThat(page.indexOf("etl.ipynb[3]:2"))
                .isBetween(page.indexOf("<h1>"), page.indexOf("no such table") - 1)
                .isLessThan(page.indexOf("Timeline"));
        assertThat(page).contains("%resume " + run.id);
    }

    @Test
    void ten_thousand_task_runs_are_a_page_of_some() throws Exception {
        ToldRun run = ToldRun.begin(store, "Backfill", Instant.now().minusSeconds(200));
        int previous = run.call("fetch");
        for (int i = 1; i < 10_000; i++) {
            run.result(previous, "1 row");
            previous = i % 2 == 0 ? run.call("fetch", previous) : run.call("load", previous);
        }
        run.fails(previous, "etl.ipynb[3]:2", "gone");
        RunId id = run.finish(State.FAILED, "gone");
        String page = visitor.body("/runs/" + id);

        assertThat(page).contains("fetch ×5,000").contains("9,999").hasSizeLessThan(300_000);
        assertThat(Pattern.compile("data-label=\"Task\"").matcher(page).results())
                .hasSize(100);
        assertThat(Pattern.compile("data-label=\"Task\"")
                        .matcher(visitor.body("/runs/" + id + "?state=failed"))
                        .results())
                .hasSize(1);
    }

    @Test
    void a_task_run_tells_where_values_came_from_and_why_the_cache_missed() throws Exception {
        ToldRun run = ToldRun.begin(store, "Ingest", Instant.now());
        int fetch = run.call("fetch");
        int load = run.call("load", fetch);
        run.result(fetch, "5 rows").miss(load, "helper datasetUri changed").result(load, "5");
        RunId id = run.finish(State.COMPLETED, "");

        assertThat(visitor.body("/runs/" + id + "/tasks/" + load))
                .contains("etl/1.fetch/1")
                .contains("miss: helper datasetUri changed");
        assertThat(visitor.body("/runs/" + id + "/tasks/" + fetch)).contains("etl/1.load/2");
    }

    @Test
    void a_task_run_tells_what_its_key_was_made_of_and_what_of_it_was_new() throws Exception {
        ToldRun first = ToldRun.begin(store, "Ingest", Instant.now().minusSeconds(60));
        int fetch = first.call("fetch");
        first.key(fetch, helper("aa", 2), month("01", "1"));
        RunId before = first.finish(State.COMPLETED, "");
        ToldRun second = ToldRun.begin(store, "Ingest", Instant.now());
        second.call("fetch");
        second.miss(fetch, "helper datasetUri changed").key(fetch, helper("bb", 3), month("02", "<2>"));
        RunId id = second.finish(State.COMPLETED, "");

        assertThat(visitor.body("/runs/" + before + "/tasks/" + fetch)).contains("all of it: the first call on record");
        assertThat(visitor.body("/runs/" + id + "/tasks/" + fetch))
                .contains("<li>helper <code>datasetUri</code> changed in cell 3</li>")
                .contains("<li>argument <code>month</code> 1 → &lt;2&gt;</li>")
                .contains("href=\"/runs/" + before + "\"")
                .contains("<li>helper datasetUri (cell 3)</li>");
    }

    private static KeyPart helper(String digest, int cell) {
        return new KeyPart("helper", "datasetUri", digest, Optional.empty(), OptionalInt.of(cell));
    }

    private static KeyPart month(String digest, String shown) {
        return new KeyPart("argument", "month", digest, Optional.of(shown), OptionalInt.empty());
    }

    @Test
    void a_flow_has_a_page_of_its_runs() throws Exception {
        assertThat(visitor.body("/flows")).contains("No flow ran yet");
        ToldRun.begin(store, "Ingest", Instant.now().minusSeconds(60)).finish(State.COMPLETED, "");
        ToldRun.begin(store, "Ingest", Instant.now()).finish(State.FAILED, "no");

        assertThat(visitor.body("/flows")).contains("href=\"/flows/etl\"").contains("50 %");
        assertThat(titles("/flows/etl")).hasSize(2);
        assertThat(visitor.get("/flows/none").statusCode()).isEqualTo(404);
    }

    @Test
    void an_id_may_be_cut_short_and_one_that_is_not_there_is_said() throws Exception {
        RunId id = ToldRun.begin(store, "Ingest", Instant.now()).finish(State.COMPLETED, "");

        assertThat(visitor.body("/runs/" + id.toString().substring(0, 8))).contains("Ingest");
        HttpResponse<String> missing = visitor.get("/runs/ffff");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).contains("There is no run ffff").contains("All runs");
    }

    private static String next(String page, int index) {
        List<String> all = new ArrayList<>();
        NEXT.matcher(page).results().forEach(found -> all.add(found.group(1).replace("&amp;", "&")));
        return all.get(index);
    }

    private List<String> titles(String address) throws Exception {
        return Pattern.compile("class=\"main\"><a href=\"[^\"]+\">([^<]+)</a>")
                .matcher(visitor.body(address.replace("&amp;", "&")))
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
