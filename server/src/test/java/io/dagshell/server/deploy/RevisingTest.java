package io.dagshell.server.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import io.dagshell.engine.parameter.ParameterException;
import io.dagshell.server.EtlFolder;
import io.dagshell.store.Database;
import io.dagshell.store.orchestration.Deployment;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.FolderFiles;
import io.dagshell.store.orchestration.RefusedException;
import io.dagshell.store.orchestration.Schedule;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevisingTest {
    private static final DeploymentName NAME = new DeploymentName("Nightly");
    private static final String PAGE = """
            # mine
            name: Nightly
            flow: etl
            parameters:
              # the year
              year: 2021 # of the trips
              # which ones
              months: [1, 2]

            # how many
            concurrency: null # any
            schedules:
              - {cron: "0 * * * *"}
            """;

    @TempDir
    private Path folder;

    private Database database;
    private DeploymentServices services;

    @BeforeEach
    void open() {
        database = Database.file(folder.resolve("state.db"));
        Clock clock = Clock.fixed(Instant.parse("2026-12-31T21:30:30Z"), ZoneOffset.UTC);
        services = DeploymentServices.on(database, name -> Optional.empty(), clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_value_and_the_limit_change_and_every_other_line_stays() {
        Deployment before = apply(PAGE);

        Deployment after = revise(
                before, Map.of("year", Optional.of("2022"), "zip", Optional.of("0\"07\n\u2028")), OptionalInt.of(3));

        assertThat(yaml(after)).isEqualTo("""
                # mine
                name: Nightly
                flow: etl
                parameters:
                  # the year
                  year: 2022 # of the trips
                  # which ones
                  months: [1, 2]
                  zip: "0\\"07\\n\\u2028"

                # how many
                concurrency: 3 # any
                schedules:
                  - {cron: "0 * * * *"}
                """);
        assertThat(after.current().settings().concurrency()).hasValue(3);
        assertThat(services.state().deployments().versions(NAME)).hasSize(2);
        assertThat(services.state()
                        .deployments()
                        .rollback(NAME, before.current().version())
                        .current())
                .isEqualTo(before.current());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: Nightly\nflow: etl\nparameters: {year: 2021, zip: 'it''s: 007'}",
                "name: Nightly\nflow: etl\nparameters:\n    year: 2021\n    zip: 'it''s: 007'\n    \n# end\n...",
                "{name: Nightly, flow: etl, parameters: {year: 2021, zip: 'it''s: 007'}}",
                "name: Nightly\nflow: etl\nparameters:\n  year: 2021\n  zip: |-\n    it's: 007\ntags: []",
                "name: Nightly\nflow: etl\nparameters: { year: 2021,\n  zip: \"it's: 007\" }\n",
            })
    void however_it_is_written_the_new_version_says_what_was_meant_or_there_is_none(String page) {
        Deployment before = apply(page);
        try {
            Deployment after = revise(before, Map.of("months", Optional.of("[3,4]")), OptionalInt.empty());
            assertThat(after.current().parametersJson())
                    .contains("\"year\":2021", "\"zip\":\"it's: 007\"", "\"months\":[3,4]");
        } catch (InvalidDeploymentException refused) {
            assertThat(page).startsWith("{");
            assertThat(services.state().deployments().show(NAME).current()).isEqualTo(before.current());
        }
    }

    @Test
    void an_emptied_value_gets_the_default_of_the_flow() {
        Deployment after = revise(
                apply(PAGE.replace("  - {cron: \"0 * * * *\"}", "  []")),
                Map.of("months", Optional.empty(), "year", Optional.empty()),
                OptionalInt.empty());

        assertThat(after.current().parametersJson()).isEqualTo("{}");
        assertThat(yaml(after)).contains("# which ones").doesNotContain("months:");
    }

    @Test
    void a_place_to_fill_stays_one() {
        Deployment after = revise(apply(PAGE), Map.of("year", Optional.of("${scheduled.year}")), OptionalInt.empty());

        assertThat(after.current().parametersJson()).contains("\"year\":\"${scheduled.year}\"");
    }

    @Test
    void what_does_not_fit_is_refused_and_nothing_is_kept() {
        Deployment before = apply(PAGE);

        assertThatThrownBy(() -> revise(before, Map.of("year", Optional.of("soon")), OptionalInt.empty()))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("parameter year (int)");
        assertThatThrownBy(() -> revise(before, Map.of("year", Optional.of("${yeer}")), OptionalInt.empty()))
                .hasMessageContaining("is not known");
        assertThatThrownBy(() -> revise(before, Map.of("year", Optional.empty()), OptionalInt.empty()))
                .isInstanceOf(InvalidDeploymentException.class)
                .hasMessageContaining("with this schedule, parameter year (int) is required");
        assertThat(services.state().deployments().versions(NAME)).hasSize(1);
    }

    @Test
    void nothing_that_differs_makes_no_version() {
        Deployment before = apply(PAGE.stripTrailing());

        assertThat(revise(before, Map.of(), OptionalInt.empty())).isEqualTo(before);
        assertThat(services.state().deployments().versions(NAME)).hasSize(1);
    }

    @Test
    void who_edits_a_version_that_is_no_longer_the_current_one_is_told() {
        Deployment before = apply(PAGE);
        revise(before, Map.of("year", Optional.of("2022")), OptionalInt.empty());

        assertThatThrownBy(() -> revise(before, Map.of("months", Optional.of("[7]")), OptionalInt.empty()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("while you edited it");
        assertThat(services.state().deployments().versions(NAME)).hasSize(2);
    }

    @Test
    void a_schedule_that_was_switched_off_stays_off() {
        Deployment before = apply(PAGE);
        Schedule schedule = services.state().schedules().of(NAME).get(0);
        services.state().schedules().activate(schedule.id(), false);

        revise(before, Map.of("year", Optional.of("2022")), OptionalInt.empty());

        assertThat(services.state().schedules().of(NAME))
                .singleElement()
                .satisfies(each -> assertThat(each.spec().active()).isFalse());
    }

    private Deployment revise(Deployment before, Map<String, Optional<String>> texts, OptionalInt limit) {
        return services.revising()
                .revise(Revising.Request.typed(
                        NAME,
                        before.current().version(),
                        texts,
                        limit,
                        before.current().settings().pauseAfterFailures(),
                        Revising.Retries.AS_THEY_ARE));
    }

    private String yaml(Deployment deployment) {
        return services.state()
                .deployments()
                .files(NAME, deployment.current().version())
                .text(FolderFiles.YAML)
                .orElseThrow();
    }

    private Deployment apply(String page) {
        return services.applying()
                .apply(
                        EtlFolder.of(
                                page,
                                parameter("year", "int", null),
                                parameter("months", "java.util.List<java.lang.Integer>", "[1]"),
                                parameter("zip", "java.lang.String", "\"x\"")),
                        false);
    }

    private static FlowParameter parameter(String name, String type, @Nullable String json) {
        return new FlowParameter(name, type, Optional.empty(), Optional.ofNullable(json));
    }
}
