package io.dagshell.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

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
}
