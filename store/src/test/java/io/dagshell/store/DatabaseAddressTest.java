package io.dagshell.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class DatabaseAddressTest {
    @Test
    void a_database_that_answers_is_left_in_peace() {
        try (Database database = Database.at(TestDatabases.postgres(), "not asked for")) {
            assertThatCode(database::check).doesNotThrowAnyException();
        }
    }

    @Test
    void one_that_is_away_is_named_without_its_password() {
        try (Database database = Database.at("postgresql://mira:hush@127.0.0.1:1/runs")) {
            assertThatThrownBy(database::check)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("127.0.0.1:1/runs")
                    .hasMessageContaining("does not answer")
                    .hasMessageNotContaining("hush");
        }
    }

    @Test
    void an_address_that_cannot_be_read_is_not_repeated() {
        assertThatThrownBy(() -> Database.at("postgresql://mira:hu sh@host/runs"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("postgresql://user@host:5432/name")
                .hasMessageNotContaining("sh@");
        assertThatThrownBy(() -> Database.at("mysql://mira:hush@host/runs"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'mysql'")
                .hasMessageNotContaining("hush");
    }

    @Test
    void a_dialect_prints_no_password() {
        assertThat(PostgresDialect.of("postgresql://mira:hush@host/runs", "quiet")
                        .toString())
                .doesNotContain("hush", "quiet");
    }

    @Test
    void a_database_that_falls_silent_is_waited_for_seconds_unless_its_address_says_otherwise() {
        PostgresDialect named = PostgresDialect.of("postgresql://mira@host/runs", null);
        PostgresDialect patient = PostgresDialect.of("postgresql://mira@host/runs?socketTimeout=90", null);

        assertThat(((PGSimpleDataSource) named.source()).getSocketTimeout()).isEqualTo(PostgresDialect.SILENCE_SECONDS);
        assertThat(((PGSimpleDataSource) named.patientSource()).getSocketTimeout())
                .isZero();
        assertThat(((PGSimpleDataSource) patient.source()).getSocketTimeout()).isEqualTo(90);
    }
}
