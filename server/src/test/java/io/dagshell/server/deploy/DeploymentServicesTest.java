package io.dagshell.server.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import io.dagshell.engine.parameter.ParameterException;
import io.dagshell.server.EtlFolder;
import io.dagshell.store.Database;
import io.dagshell.store.orchestration.Claim;
import io.dagshell.store.orchestration.Deployment;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.FlowRun;
import io.dagshell.store.orchestration.FolderFiles;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeploymentServicesTest {
    private static final Instant NOW = Instant.parse("2026-12-31T21:30:30Z");
    private static final String PAGE = """
            name: Nightly ETL
            flow: etl
            description: loads
            tags: [a, b]
            parameters:
              year: ${scheduled.year}
              months: [1, 2]
              zip: 007
            schedules:
              - {cron: "0 * * * *", zone: Europe/Berlin, parameters: {zip: x}, overlap: queue}
              - every: 10m
                catch_up: none
            work_queue: big
            concurrency: 2
            retries: 1
            retry_delay: 30s
            blocks: [warehouse]
            """;

    @TempDir
    private Path folder;

    private Database database;
    private DeploymentServices services;

    @BeforeEach
    void open() {
        database = Database.file(folder.resolve("state.db"));
        services = services(NOW);
    }

    private DeploymentServices services(Instant now) {
        return DeploymentServices.on(
                database,
                name -> name.value().equals("warehouse")
                        ? Optional.of(BlockSettings.of("postgres", Map.of()))
                        : Optional.empty(),
                Clock.fixed(now, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_page_is_applied_as_it_says() {
        Deployment applied = services.applying().apply(files(PAGE), false);

        assertThat(applied.name().value()).isEqualTo("Nightly ETL");
        assertThat(applied.current().settings().queue()).isEqualTo("big");
        assertThat(applied.current().settings().concurrency()).hasValue(2);
        assertThat(applied.current().settings().retryDelay()).isEqualTo(Duration.ofSeconds(30));
        assertThat(applied.current().parametersJson())
                .isEqualTo("{\"year\":\"${scheduled.year}\",\"months\":[1,2],\"zip\":\"007\"}");
        assertThat(services.state().schedules().of(applied.name()))
                .extracting(schedule -> schedule.spec().timing() + " "
                        + schedule.spec().overlap() + " " + schedule.spec().catchUp())
                .containsExactlyInAnyOrder(
                        "0 * * * * Europe/Berlin QUEUE LATEST", "every PT10M from 1970-01-01T00:00:00Z SKIP NONE");
    }

    @Test
    void a_scheduled_run_has_typed_parameters_of_its_own_period() {
        services.applying().apply(files(PAGE), false);
        Instant later = Instant.parse("2027-01-01T00:00:01Z");
        DeploymentServices then = services(later);

        while (then.state().tick(later).more()) {
            // until all due instants are looked at
        }

        Claim claim = new Claim("agent", List.of("big"), Set.of(17), 5, Duration.ofSeconds(15));
        assertThat(then.state().claim(claim))
                .extracting(run -> run.plan().parametersJson())
                .containsExactlyInAnyOrder(
                        "{\"year\":2027,\"months\":[1,2],\"names\":[],\"zip\":\"x\"}",
                        "{\"year\":2027,\"months\":[1,2],\"names\":[],\"zip\":\"007\"}");
    }

    @Test
    void an_order_is_checked_before_the_run_is_made() {
        DeploymentName name = services.applying().apply(files(PAGE), false).name();
        Ordering.Request order = Ordering.Request.of(name, "mira");

        assertThatThrownBy(() -> services.ordering().order(order.withTexts(Map.of("yeer", "1"))))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("did you mean year?")
                .hasMessageContaining("months (List<Integer>)");
        assertThatThrownBy(() -> services.ordering().order(order.withTexts(Map.of("year", "soon"))))
                .hasMessageContaining("'soon' is not");
        assertThatThrownBy(() -> services.ordering().order(order.withTexts(Map.of("months", "[${month}]"))))
                .hasMessageContaining("${month} is not known");
        FlowRun run = services.ordering().order(order.withTexts(Map.of("year", "1999", "zip", "a$b")));
        assertThat(run.plan().parametersJson())
                .isEqualTo("{\"year\":1999,\"months\":[1,2],\"names\":[],\"zip\":\"a$b\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "year: ${scheduled.year} | yeer: 1                | 6 | there is no parameter yeer, did you mean year?",
                "year: ${scheduled.year} | year: soon             | 6 | 'soon' is not",
                "year: ${scheduled.year} | year: ${scheduled.yeer} | 6 | is not known",
                "months: [1, 2]          | months: [1, x]         | 7 | parameter months",
                "cron: \"0 * * * *\"     | cron: \"0 0 30 2 *\"   | 10 | never fires",
                "cron: \"0 * * * *\"     | cron: \"0 *\"          | 10 | five fields",
                "zone: Europe/Berlin     | zone: Mars             | 10 | there is no time zone 'Mars'",
                "overlap: queue          | overlap: wait          | 10 | it is allow, cancel_running, queue, skip",
                "every: 10m              | every: often           | 11 | is a time such as 30s",
                "catch_up: none          | catchup: none          | 12 | there is no entry 'catchup'",
                "concurrency: 2          | concurrency: 0         | 14 | from 1 on, not '0'",
                "work_queue: big         | work_quue: big         | 13 | there is no entry 'work_quue'; there are name",
                "blocks: [warehouse]     | blocks: [lake]         | 17 | there is no block 'lake'",
                "flow: etl               | flow: other            | 2 | build it again",
                "tags: [a, b]            | tags: {a: b}           | 4 | 'tags' is a list",
                "retries: 1              | memory: lots           | 15 | is the heap of a run such as 512m or 2g",
                "retries: 1              | memory: 8m             | 15 | 32m or more, not '8m'",
                "retries: 1              | memory: 2048           | 15 | is the heap of a run such as 512m or 2g",
                "retries: 1              | name: twice            | 15 | stands there twice",
                "tags: [a, b]            | tags: &x [a]           | 4 | anchors",
            })
    void what_does_not_fit_is_refused_with_its_line(String there, String instead, int line, String said) {
        assertThatThrownBy(() -> services.applying().apply(files(PAGE.replace(there, instead)), false))
                .isInstanceOf(InvalidDeploymentException.class)
                .hasMessageStartingWith("deployment.yaml:" + line + ": ")
                .hasMessageContaining(said);
    }

    @Test
    void texts_in_lists_are_texts_as_they_are_in_a_run_by_hand() {
        String page = PAGE.replace("months: [1, 2]", "months: [1, 2]\n  names: [\"2021\", yellow]");

        assertThat(services.applying().check(files(page)).parametersJson()).contains("\"names\":[\"2021\",\"yellow\"]");
    }

    @Test
    void a_schedule_without_a_value_for_a_required_parameter_is_refused() {
        String page = PAGE.replace("  year: ${scheduled.year}\n", "");

        assertThatThrownBy(() -> services.applying().apply(files(page), false))
                .hasMessageContaining("with this schedule, parameter year (int) is required");
    }

    @Test
    void what_a_newer_dagshell_built_is_refused_with_both_versions_and_what_to_do_whatever_else_is_new_in_it() {
        FolderFiles newer = FolderFiles.of(Map.of(
                FolderFiles.YAML, "name: Nightly ETL\nflow: etl\ntides: high\n".getBytes(UTF_8),
                FolderFiles.MANIFEST, "{\"format\": 2, \"flows\": [\"etl\"]}".getBytes(UTF_8),
                FolderFiles.LOCK, "runtime sha256 77 dagshell-engine-9.1.0.jar\n".getBytes(UTF_8)));

        assertThatThrownBy(() -> services.applying().apply(newer, false))
                .isInstanceOf(InvalidDeploymentException.class)
                .hasMessage(
                        "The deployment was built by DagShell 9.1.0, in format 2, and this server is DagShell development,"
                                + " which understands formats up to 1: upgrade the server first, or build the deployment with the"
                                + " server's DagShell.");
        assertThat(services.state().deployments().list()).isEmpty();
    }

    @Test
    void what_a_newer_dagshell_built_in_a_format_that_is_known_is_applied() throws Exception {
        FolderFiles known = EtlFolder.of("name: Nightly ETL\nflow: etl\n");
        Map<String, byte[]> files = new HashMap<>();
        for (String name : known.names()) {
            files.put(name, known.bytes(name).orElseThrow());
        }
        files.put(FolderFiles.LOCK, ("runtime " + "7".repeat(64) + " dagshell-engine-9.1.0.jar\n").getBytes(UTF_8));

        assertThat(services.applying().apply(FolderFiles.of(files), false).name())
                .isEqualTo(new DeploymentName("Nightly ETL"));
    }

    private static FolderFiles files(String page) {
        return EtlFolder.of(
                page,
                new FlowParameter("year", "int", Optional.empty(), Optional.empty()),
                new FlowParameter("months", "java.util.List<java.lang.Integer>", Optional.empty(), Optional.of("[1]")),
                new FlowParameter("names", "java.util.List<java.lang.String>", Optional.empty(), Optional.of("[]")),
                new FlowParameter("zip", "java.lang.String", Optional.empty(), Optional.of("\"x\"")));
    }
}
