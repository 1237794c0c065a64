package io.dagshell.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.server.access.AccessRule;
import io.dagshell.server.access.AccessRules;
import io.dagshell.store.access.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each route has a rule, and each role is held to it. */
class RolesTest extends AccessFixture {
    /** They would end the session that asks. */
    private static final Set<String> ENDS = Set.of("/logout", "/login", "/account/password");

    private static final Map<String, String> PLACES = Map.of(
            "{run}", "01a21c31-6dae-7660-91f1-94ed6bef3774",
            "{schedule}", "01a21c31-6dae-7660-91f1-94ed6bef3774",
            "{backfill}", "01a21c31-6dae-7660-91f1-94ed6bef3774",
            "{sha256}", "0".repeat(64),
            "{file}", "a.jar",
            "{ordinal}", "1");

    private static String filled(String path) {
        String filled = path;
        for (var place : PLACES.entrySet()) {
            filled = filled.replace(place.getKey(), place.getValue());
        }
        return filled.replaceAll("\\{\\w+}", "none");
    }

    @Test
    void every_route_of_the_server_has_a_rule_and_every_rule_a_route() {
        assertThat(AccessRules.all().stream().map(rule -> rule.method() + " " + rule.path()))
                .containsExactlyInAnyOrderElementsOf(server.routes());
    }

    @Test
    void the_description_of_the_api_says_for_each_operation_who_may() throws Exception {
        JsonNode paths = owner.get("/api/openapi.json").json().path("paths");
        List<String> without = new ArrayList<>();
        paths.properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    String name = method.getKey().toUpperCase(Locale.ROOT);
                    Optional<AccessRule> rule = AccessRules.find(name, path.getKey());
                    String said = method.getValue().path("description").asText();
                    if (rule.isEmpty()
                            || !said.equals("For the role " + rule.get().words() + ".")) {
                        without.add(name + " " + path.getKey());
                    }
                }));
        assertThat(without).isEmpty();
        assertThat(paths.size()).isGreaterThan(30);
    }

    /** The other tests ask the rules who may; here stands what was decided. */
    @Test
    void each_role_may_what_it_is_for() {
        Map<String, Set<Role>> decided = new TreeMap<>();
        for (AccessRule rule : AccessRules.all()) {
            decided.put(rule.who().name(), rule.roles());
        }

        assertThat(decided)
                .containsEntry("SEE", Set.of(Role.VIEWER, Role.OPERATOR, Role.ADMIN))
                .containsEntry("FETCH", Set.of(Role.VIEWER, Role.OPERATOR, Role.ADMIN, Role.AGENT))
                .containsEntry("OPERATE", Set.of(Role.OPERATOR, Role.ADMIN))
                .containsEntry("ADMINISTER", Set.of(Role.ADMIN))
                .containsEntry("SERVE", Set.of(Role.AGENT, Role.ADMIN));
    }

    /** Whoever may is not refused for that, whatever else is wrong with the request. */
    @Test
    void a_token_may_do_what_its_role_may_and_nothing_else() throws Exception {
        for (Role role : Role.values()) {
            Person program = Person.withToken(server, token("t-" + role.word(), role.word()));
            List<String> wrong = new ArrayList<>();
            for (AccessRule rule : AccessRules.all()) {
                if (rule.path().equals("/login")) {
                    continue; // a program has no password, which is what that answers
                }
                int status = program.status(rule.method(), filled(rule.path()));
                if (status == 401 || (status == 403) == rule.roles().contains(role)) {
                    wrong.add(role.word() + " " + rule.method() + " " + rule.path() + " " + status);
                }
            }
            assertThat(wrong).isEmpty();
        }
    }

    @Test
    void somebody_who_logged_in_may_do_what_their_role_may_and_nothing_else() throws Exception {
        user("root", "admin");
        for (Role role : List.of(Role.VIEWER, Role.OPERATOR, Role.ADMIN)) {
            user("u-" + role.word(), role.word());
            Person person = person("u-" + role.word());
            List<String> wrong = new ArrayList<>();
            for (AccessRule rule : AccessRules.all()) {
                boolean may = rule.roles().contains(role) || rule.who() == AccessRule.Who.SELF;
                int status = ENDS.contains(rule.path()) ? 200 : person.status(rule.method(), filled(rule.path()));
                if (status == 401 || (status == 403) == may) {
                    wrong.add(role.word() + " " + rule.method() + " " + rule.path() + " " + status);
                }
            }
            assertThat(wrong).isEmpty();
        }
    }

    @Test
    void somebody_who_is_not_known_may_do_nothing_but_say_who_they_are() throws Exception {
        user("root", "admin");
        Person stranger = Person.unknown(server);
        List<String> let = new ArrayList<>();
        for (AccessRule rule : AccessRules.all()) {
            int status = stranger.status(rule.method(), filled(rule.path()));
            boolean page = rule.method().equals("GET")
                    && !rule.path().startsWith("/api/")
                    && !rule.path().equals("/metrics");
            if (status != (page ? 303 : 401)) {
                let.add(rule.method() + " " + rule.path() + " " + status);
            }
        }
        assertThat(let).containsExactly("GET /health 200", "GET /assets/{file} 404", "GET /login 200");
    }

    @Test
    void a_refusal_names_the_role_that_it_takes() throws Exception {
        Person viewer = Person.withToken(server, token("wall", "viewer"));
        Person.Answer refused = viewer.json("POST", "/api/runs/" + PLACES.get("{run}") + "/cancel", "{}");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(refused.json().path("detail").asText())
                .isEqualTo("This needs the role operator or admin; wall has the role viewer.");
        assertThat(viewer.delete("/api/users/none").json().path("detail").asText())
                .isEqualTo("This needs the role admin; wall has the role viewer.");
    }

    @Test
    void what_a_route_that_has_no_rule_would_do_is_nobodys() {
        assertThat(AccessRules.find("GET", "/new")).isEmpty();
    }

    private static final Pattern FORM = Pattern.compile("<form[^>]* action=\"([^\"?#]+)");
    private static final Pattern METHOD = Pattern.compile("method=\"post\"");
    private static final Pattern LINK = Pattern.compile("<a [^>]*href=\"(/[^\"?#]*)");

    /** The rule of an address, by the same order as the router: words before places. */
    private static Optional<AccessRule> rule(String method, String path) {
        return AccessRules.all().stream()
                .filter(rule ->
                        rule.method().equals(method) && path.matches(rule.path().replaceAll("\\{\\w+}", "[^/]+")))
                .min(java.util.Comparator.comparing(rule ->
                        rule.path().chars().filter(letter -> letter == '{').count()));
    }

    @Test
    void pages_show_no_button_and_no_link_that_one_may_not_use() throws Exception {
        user("root", "admin");
        Map<String, String> pages = SeenPages.fill(owner, home);
        Map<String, Set<String>> shown = new LinkedHashMap<>();
        for (String role : List.of("viewer", "operator", "admin")) {
            user("u-" + role, role);
            Person person = person("u-" + role);
            Set<String> forms = new TreeSet<>();
            List<String> wrong = new ArrayList<>();
            for (var page : pages.entrySet()) {
                Person.Answer answer = person.get(page.getValue());
                if (answer.status() == 403) {
                    continue;
                }
                assertThat(answer.status()).as(page.getKey()).isEqualTo(200);
                FORM.matcher(answer.body()).results().forEach(found -> {
                    String method = METHOD.matcher(found.group()).find() ? "POST" : "GET";
                    AccessRule rule = rule(method, found.group(1)).orElseThrow();
                    forms.add(rule.path());
                    if (rule.who() != AccessRule.Who.SELF && !rule.roles().contains(Role.of(role))) {
                        wrong.add(page.getKey() + ": " + method + " " + found.group(1));
                    }
                });
                LINK.matcher(answer.body())
                        .results()
                        .forEach(found -> rule("GET", found.group(1))
                                .filter(rule -> rule.who() != AccessRule.Who.SELF)
                                .filter(rule -> !rule.roles().contains(Role.of(role)))
                                .ifPresent(rule -> wrong.add(page.getKey() + ": link " + found.group(1))));
            }
            assertThat(wrong).as(role).isEmpty();
            shown.put(role, forms);
        }
        assertThat(shown.get("viewer")).containsExactlyInAnyOrder("/logout", "/runs", "/", "/account/password");
        assertThat(shown.get("operator"))
                .contains(
                        "/runs/{run}/cancel", "/deployment/run", "/deployment/backfill", "/deployment/schedule/active");
        assertThat(shown.get("admin"))
                .contains(
                        "/deployment/delete",
                        "/deployment/rollback",
                        "/alerts/remove",
                        "/blocks/{name}/test",
                        "/queues",
                        "/queues/limit/remove",
                        "/users/remove",
                        "/tokens/revoke",
                        "/backfill/cancel",
                        "/deployment/edit");
    }
}
