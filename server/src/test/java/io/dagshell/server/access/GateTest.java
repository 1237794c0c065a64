package io.dagshell.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.server.access.Gate.Login;
import io.dagshell.store.Database;
import io.dagshell.store.access.Access;
import io.dagshell.store.access.Role;
import io.dagshell.store.access.Session;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords, and sessions as time goes by. */
class GateTest {
    private static final String PASSWORD = "correct horse battery";
    private static final Session.Limits LIMITS = new Session.Limits(Duration.ofHours(1), Duration.ofDays(1));

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-03-02T10:00:00Z");
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    };
    private Database database;
    private Gate gate;

    @BeforeEach
    void open() {
        database = Database.file(folder.resolve("dagshell.db"));
        gate = new Gate(Access.of(database, clock), LIMITS, clock);
        gate.access().users().add("ada", Role.ADMIN, gate.passwords().hash(PASSWORD));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private String in() {
        assertThat(gate.login("ada", PASSWORD, "10.0.0.7")).isInstanceOf(Login.In.class);
        return ((Login.In) gate.login("ada", PASSWORD, "10.0.0.7")).cookie().value();
    }

    private void forward(Duration time) {
        now = now.plus(time);
    }

    @Test
    void who_goes_on_to_use_a_session_keeps_it_until_its_day_is_over() {
        String cookie = in();
        for (int i = 0; i < 47; i++) {
            forward(Duration.ofMinutes(30));
            assertThat(gate.session(cookie, true)).contains(new Actor("ada", Role.ADMIN, Actor.Kind.USER));
        }
        forward(Duration.ofMinutes(30));
        assertThat(gate.session(cookie, true)).isEmpty();
    }

    @Test
    void a_page_that_is_left_open_does_not_keep_a_session() {
        String cookie = in();
        forward(Duration.ofMinutes(59));
        assertThat(gate.session(cookie, false)).isPresent();
        forward(Duration.ofMinutes(1));
        assertThat(gate.session(cookie, false)).isEmpty();
    }

    @Test
    void after_ten_attempts_in_vain_the_right_password_waits_for_a_quarter_of_an_hour_too() {
        for (int i = 0; i < 10; i++) {
            assertThat(gate.login("ada", "guess", "10.0.0." + i)).isEqualTo(new Login.Wrong());
        }
        Instant end = now.plus(Duration.ofMinutes(15));
        assertThat(gate.login("ada", PASSWORD, "10.0.0.99")).isEqualTo(new Login.Later(end));
        forward(Duration.ofMinutes(14));
        assertThat(gate.login("ada", PASSWORD, "10.0.0.99")).isEqualTo(new Login.Later(end));
        forward(Duration.ofMinutes(1));
        assertThat(gate.login("ada", PASSWORD, "10.0.0.99")).isInstanceOf(Login.In.class);
    }

    @Test
    void a_password_is_kept_as_pbkdf2_with_a_salt_of_its_own() throws Exception {
        String one = gate.passwords().hash(PASSWORD);
        String other = gate.passwords().hash(PASSWORD);
        assertThat(one).isNotEqualTo(other).startsWith("pbkdf2-sha256$600000$");
        String[] parts = one.split("\\$");
        byte[] salt = Base64.getDecoder().decode(parts[2]);
        assertThat(salt).hasSize(16);
        byte[] expected = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(PASSWORD.toCharArray(), salt, 600_000, 256))
                .getEncoded();
        assertThat(Base64.getDecoder().decode(parts[3])).isEqualTo(expected);
        assertThat(gate.passwords().matches(PASSWORD, one)).isTrue();
        assertThat(gate.passwords().matches(PASSWORD + " ", one)).isFalse();
        assertThat(gate.passwords().matches("", one)).isFalse();
    }

    @Test
    void a_letter_is_the_same_however_the_keyboard_writes_it() {
        String hash = gate.passwords().hash("Zw\u00f6lf Boxk\u00e4mpfer");
        assertThat(gate.passwords().matches("Zwo\u0308lf Boxka\u0308mpfer", hash))
                .isTrue();
    }

    @Test
    void passwords_that_are_too_short_or_too_long_are_refused() {
        assertThatThrownBy(() -> gate.passwords().hash("eleven char"))
                .hasMessage("A password has 12 characters or more.");
        assertThatThrownBy(() -> gate.passwords().hash("x".repeat(1_025)))
                .hasMessage("A password has 1024 characters at most.");
        assertThat(gate.login("ada", "x".repeat(100_000), "10.0.0.7")).isEqualTo(new Login.Wrong());
    }

    @Test
    void a_hash_of_fewer_rounds_is_made_anew_when_its_owner_logs_in() throws Exception {
        byte[] salt = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] weak = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(PASSWORD.toCharArray(), salt, 1_000, 256))
                .getEncoded();
        String hash = "pbkdf2-sha256$1000$" + Base64.getEncoder().encodeToString(salt) + "$"
                + Base64.getEncoder().encodeToString(weak);
        gate.access().users().setPassword("ada", hash);

        String cookie = in();

        assertThat(gate.access().users().credentials("ada").orElseThrow().hash())
                .startsWith("pbkdf2-sha256$600000$");
        assertThat(gate.session(cookie, true)).isPresent();
        assertThat(gate.login("ada", PASSWORD, "10.0.0.7")).isInstanceOf(Login.In.class);
    }

    @Test
    void secrets_do_not_show_themselves() {
        Secret secret = Secret.token();
        assertThat(secret.toString()).doesNotContain(secret.value());
        assertThat(secret.digest()).hasSize(64);
        assertThat(Optional.of(Secret.token().value())).isNotEqualTo(Optional.of(secret.value()));
    }
}
