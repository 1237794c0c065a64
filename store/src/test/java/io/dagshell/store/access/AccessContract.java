package io.dagshell.store.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.store.Database;
import io.dagshell.store.access.AuditEntry.Outcome;
import io.dagshell.store.access.AuditEntry.Result;
import io.dagshell.store.access.AuditEntry.What;
import io.dagshell.store.access.AuditEntry.Who;
import io.dagshell.store.access.Session.Limits;
import io.dagshell.store.orchestration.RefusedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users, sessions, tokens and the audit log, on either database. */
abstract class AccessContract {
    private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
    private static final Limits LIMITS = new Limits(Duration.ofHours(8), Duration.ofDays(7));
    private static final String ADDRESS = "10.0.0.7";

    private Database database;
    private Access access;

    abstract Database open();

    @BeforeEach
    void begin() {
        database = open();
        access = at(START);
    }

    @AfterEach
    void end() {
        database.close();
    }

    /** The same database at another time, as another server has it. */
    private Access at(Instant now) {
        return Access.of(database, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static void isRefused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, RefusedException.Why why, String words) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.why()).isEqualTo(why))
                .hasMessageContaining(words);
    }

    @Test
    void nothing_is_on_until_there_is_a_user_or_a_token() {
        assertThat(access.isOn()).isFalse();
        assertThat(access.hasUsers()).isFalse();

        access.tokens().create(AccessToken.of("ci", Role.OPERATOR, "server token", START), "d1");

        assertThat(access.isOn()).isTrue();
        assertThat(access.hasUsers()).isFalse();
    }

    @Test
    void the_first_user_is_an_admin() {
        isRefused(
                () -> access.users().add("ada", Role.OPERATOR, "h"),
                RefusedException.Why.CONFLICT,
                "The first user is an admin, who can make the others: 'ada' would be operator.");
        assertThat(access.users().add("Ada ", Role.ADMIN, "h"))
                .isEqualTo(new User("ada", Role.ADMIN, true, START, START, Optional.empty()));
        assertThat(access.users().add("bob", Role.VIEWER, "h").role()).isEqualTo(Role.VIEWER);
    }

    @Test
    void a_name_is_of_one_user_or_one_token() {
        access.users().add("ada", Role.ADMIN, "h");
        access.tokens().create(AccessToken.of("ci", Role.OPERATOR, "ada", START), "d1");

        isRefused(
                () -> access.users().add("ADA", Role.VIEWER, "h"),
                RefusedException.Why.CONFLICT,
                "There is a user 'ada' already.");
        isRefused(
                () -> access.users().add("ci", Role.VIEWER, "h"),
                RefusedException.Why.CONFLICT,
                "A token is named 'ci'");
        isRefused(
                () -> access.tokens().create(AccessToken.of("ada", Role.VIEWER, "ada", START), "d2"),
                RefusedException.Why.CONFLICT,
                "A user is named 'ada'");
        isRefused(
                () -> access.tokens().create(AccessToken.of("ci", Role.VIEWER, "ada", START), "d2"),
                RefusedException.Why.CONFLICT,
                "There is a token 'ci' already: revoke it first.");
    }

    @Test
    void what_is_no_name_or_no_role_of_a_person_is_refused() {
        for (String name : List.of("", "a b", "-a", "ä", "x".repeat(65))) {
            isRefused(
                    () -> access.users().add(name, Role.ADMIN, "h"),
                    RefusedException.Why.INVALID,
                    "is no name of a user");
        }
        isRefused(
                () -> access.users().add("robot", Role.AGENT, "h"),
                RefusedException.Why.INVALID,
                "A user is viewer, operator or admin; the role agent is for tokens.");
        isRefused(
                () -> access.users().setRole("nobody", Role.VIEWER),
                RefusedException.Why.UNKNOWN,
                "There is no user 'nobody'.");
    }

    @Test
    void the_last_admin_who_can_log_in_stays_one() {
        access.users().add("ada", Role.ADMIN, "h");
        access.users().add("bob", Role.ADMIN, "h");
        access.users().setActive("bob", false);

        String words = "'ada' is the last admin who can log in and cannot be ";
        isRefused(() -> access.users().remove("ada"), RefusedException.Why.CONFLICT, words + "deleted");
        isRefused(() -> access.users().setActive("ada", false), RefusedException.Why.CONFLICT, words + "disabled");
        isRefused(
                () -> access.users().setRole("ada", Role.OPERATOR),
                RefusedException.Why.CONFLICT,
                words + "made operator");

        access.users().setActive("bob", true);
        access.users().remove("ada");
        assertThat(access.users().list()).extracting(User::name).containsExactly("bob");
    }

    @Test
    void admins_that_take_each_others_role_away_at_once_leave_one() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < 20; i++) {
                String first = "a" + i;
                String second = "b" + i;
                access.users().add(first, Role.ADMIN, "h");
                access.users().add(second, Role.ADMIN, "h");
                if (i > 0) {
                    access.users()
                            .remove(access.users().list().stream()
                                    .map(User::name)
                                    .filter(name -> !name.equals(first) && !name.equals(second))
                                    .findFirst()
                                    .orElseThrow());
                }
                List<Future<?>> both = new ArrayList<>();
                for (String name : List.of(first, second)) {
                    both.add(threads.submit(() -> access.users().remove(name)));
                }
                for (Future<?> each : both) {
                    try {
                        each.get(30, TimeUnit.SECONDS);
                    } catch (java.util.concurrent.ExecutionException refused) {
                        assertThat(refused).hasCauseInstanceOf(RefusedException.class);
                    }
                }
                assertThat(access.users().list()).as("round " + i).hasSize(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private boolean isIn(Instant now) {
        return access.sessions().find("cookie", now, LIMITS).isPresent();
    }

    @Test
    void a_session_ends_when_it_is_idle_and_in_any_case_after_a_week() {
        access.users().add("ada", Role.ADMIN, "h");
        assertThat(access.sessions().open("cookie", "ada", "h", ADDRESS, START)).isTrue();
        assertThat(access.users().find("ada").orElseThrow().seenAt()).contains(START);

        assertThat(isIn(START.plus(Duration.ofHours(8).minusSeconds(1)))).isTrue();
        assertThat(isIn(START.plus(Duration.ofHours(8)))).isFalse();
        for (int hours = 7; hours < 7 * 24; hours += 7) {
            access.sessions().seen("cookie", START.plus(Duration.ofHours(hours)));
        }
        assertThat(isIn(START.plus(Duration.ofDays(7).minusSeconds(1)))).isTrue();
        assertThat(isIn(START.plus(Duration.ofDays(7)))).isFalse();
        assertThat(access.sessions().deleteOver(START.plus(Duration.ofDays(7).minusSeconds(1)), LIMITS))
                .isZero();
        assertThat(access.sessions().deleteOver(START.plus(Duration.ofDays(7)), LIMITS))
                .isEqualTo(1);
    }

    @Test
    void a_session_has_the_role_its_user_has_now() {
        access.users().add("ada", Role.ADMIN, "h");
        access.users().add("bob", Role.VIEWER, "h");
        access.sessions().open("cookie", "bob", "h", ADDRESS, START);
        access.users().setRole("bob", Role.OPERATOR);

        assertThat(access.sessions().find("cookie", START, LIMITS))
                .contains(new Session("bob", Role.OPERATOR, START, START));
    }

    @Test
    void a_session_ends_at_logout_at_a_new_password_and_when_its_user_is_disabled_or_deleted() {
        access.users().add("ada", Role.ADMIN, "h");
        access.users().add("bob", Role.VIEWER, "h");
        List<Runnable> ends = List.of(
                () -> access.sessions().end("cookie"),
                () -> access.users().setPassword("bob", "h"),
                () -> {
                    access.users().setActive("bob", false);
                    access.users().setActive("bob", true);
                },
                () -> access.users().remove("bob"));
        for (Runnable end : ends) {
            access.sessions().open("cookie", "bob", "h", ADDRESS, START);
            assertThat(isIn(START)).isTrue();
            end.run();
            assertThat(isIn(START)).isFalse();
        }
        assertThat(access.sessions().open("cookie", "bob", "h", ADDRESS, START)).isFalse();
    }

    @Test
    void nobody_gets_in_by_a_password_that_was_changed_meanwhile() {
        access.users().add("ada", Role.ADMIN, "old");
        access.users().setPassword("ada", "new");

        assertThat(access.sessions().open("cookie", "ada", "old", ADDRESS, START))
                .isFalse();
        access.users().rehash("ada", "old", "stronger");
        assertThat(access.users().credentials("ada")).contains(new Users.Credentials("new", true));
        access.users().rehash("ada", "new", "stronger");
        assertThat(access.users().credentials("ada").orElseThrow().hash()).isEqualTo("stronger");
        assertThat(access.users().credentials("ada").orElseThrow()).hasToString("Credentials[active=true]");
    }

    @Test
    void a_token_lets_in_until_it_expires_or_is_revoked() {
        AccessToken made = access.tokens()
                .create(AccessToken.of("ci", Role.OPERATOR, "ada", START).expiring(START.plusSeconds(60)), "d1");

        assertThat(access.tokens().find("d1")).contains(made);
        assertThat(access.tokens().find("d2")).isEmpty();
        assertThat(made.state(START.plusSeconds(59))).isEqualTo(AccessToken.State.LIVE);
        assertThat(made.state(START.plusSeconds(60))).isEqualTo(AccessToken.State.EXPIRED);

        access.tokens().seen(made, START.plusSeconds(5));
        access.tokens().revoke("ci");
        AccessToken revoked = access.tokens().find("d1").orElseThrow();
        assertThat(revoked.state(START)).isEqualTo(AccessToken.State.REVOKED);
        assertThat(revoked.seenAt()).contains(START.plusSeconds(5));
        isRefused(
                () -> access.tokens().revoke("ci"),
                RefusedException.Why.UNKNOWN,
                "There is no token 'ci', or it was revoked already.");
        isRefused(
                () -> access.tokens()
                        .create(
                                AccessToken.of("late", Role.OPERATOR, "ada", START)
                                        .expiring(START),
                                "d3"),
                RefusedException.Why.INVALID,
                "would be expired from the beginning");

        access.tokens().create(AccessToken.of("ci", Role.AGENT, "ada", START), "d4");
        assertThat(access.tokens().list()).hasSize(2);
        assertThat(access.tokens().deleteOverBefore(START)).isZero();
        assertThat(access.tokens().deleteOverBefore(START.plusSeconds(1))).isEqualTo(1);
    }

    @Test
    void attempts_are_counted_for_a_quarter_of_an_hour_and_by_all_servers_together() {
        LoginFailures here = access.loginFailures();
        LoginFailures there = at(START).loginFailures();
        assertThat(here.attempt("user a", 2, START)).isEmpty();
        assertThat(there.attempt("user a", 2, START.plusSeconds(60))).isEmpty();
        assertThat(here.attempt("user a", 2, START.plusSeconds(90))).contains(START.plus(LoginFailures.WINDOW));
        assertThat(here.attempt("user b", 2, START.plusSeconds(90))).isEmpty();

        assertThat(here.attempt("user a", 2, START.plus(LoginFailures.WINDOW))).isEmpty();
        assertThat(here.attempt("user a", 2, START.plus(LoginFailures.WINDOW))).isEmpty();
        here.giveBack("user a");
        assertThat(here.attempt("user a", 2, START.plus(LoginFailures.WINDOW))).isEmpty();
        here.forget("user a");
        assertThat(here.attempt("user a", 1, START.plus(LoginFailures.WINDOW))).isEmpty();
        assertThat(here.deleteOld(START.plus(LoginFailures.WINDOW.multipliedBy(2))))
                .isEqualTo(2);
    }

    @Test
    void many_attempts_at_once_are_no_way_around_the_limit() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Optional<Instant>>> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                all.add(threads.submit(() -> access.loginFailures().attempt("user a", 10, START)));
            }
            int through = 0;
            for (Future<Optional<Instant>> each : all) {
                through += each.get(60, TimeUnit.SECONDS).isEmpty() ? 1 : 0;
            }
            assertThat(through).isEqualTo(10);
        } finally {
            threads.shutdownNow();
        }
    }

    private static AuditEntry entry(Instant at, String by, String action) {
        return AuditEntry.of(
                at,
                new Who(by, "user", Optional.of(Role.OPERATOR), ADDRESS, "api"),
                new What(action, "Nightly"),
                new Result(Outcome.DONE, 200, ""));
    }

    @Test
    void the_audit_log_is_read_in_pages_the_newest_first() {
        List<AuditEntry> all = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            // Some in the same moment.
            all.add(
                    0,
                    entry(START.plusSeconds(i / 3), i % 2 == 0 ? "ada" : "bob", i == 6 ? "run.order" : "run.cancel"));
            access.audit().add(all.get(0));
        }
        List<AuditEntry> read = new ArrayList<>();
        AuditPage page = access.audit().page(AuditQuery.latest(3));
        read.addAll(page.entries());
        while (page.next().isPresent()) {
            AuditQuery.Place place =
                    AuditQuery.Place.parse(page.next().orElseThrow().toString());
            page = access.audit().page(AuditQuery.latest(3).from(place));
            read.addAll(page.entries());
        }
        assertThat(read)
                .containsExactlyInAnyOrderElementsOf(all)
                .isSortedAccordingTo((one, other) -> other.at().compareTo(one.at()));
        assertThat(access.audit().page(AuditQuery.latest(9).by("bob")).entries())
                .hasSize(3);
        assertThat(access.audit().page(AuditQuery.latest(9).of("run.order")).entries())
                .hasSize(1);
        assertThat(access.audit()
                        .page(AuditQuery.latest(9).since(START.plusSeconds(2)))
                        .entries())
                .hasSize(1);
        isRefused(() -> AuditQuery.Place.parse("x_y"), RefusedException.Why.INVALID, "is no place in the audit log");
    }

    @Test
    void what_somebody_calls_themselves_is_cut_and_kept() {
        AuditEntry stranger = AuditEntry.of(
                START,
                new Who("x".repeat(5_000) + "\0", "nobody", Optional.empty(), ADDRESS, "dashboard"),
                new What("login", ""),
                new Result(Outcome.REFUSED, 401, ""));
        access.audit().add(stranger);

        AuditEntry kept = access.audit().page(AuditQuery.latest(1)).entries().get(0);
        assertThat(kept.who().name()).hasSize(300).endsWith("…");
        assertThat(kept.who().role()).isEmpty();
        assertThat(kept.result()).isEqualTo(stranger.result());
    }

    @Test
    void old_lines_of_the_audit_log_are_deleted_and_no_others() {
        for (int i = 0; i < 1_005; i++) {
            access.audit().add(entry(START.plusMillis(i), "ada", "run.order"));
        }
        assertThat(access.audit().deleteBefore(START.plusMillis(1_003))).isEqualTo(1_003);
        assertThat(access.audit().page(AuditQuery.latest(9)).entries())
                .extracting(AuditEntry::at)
                .containsExactly(START.plusMillis(1_004), START.plusMillis(1_003));
    }
}
