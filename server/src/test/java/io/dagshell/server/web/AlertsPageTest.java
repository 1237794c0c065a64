package io.dagshell.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.home.Home;
import io.dagshell.server.Server;
import io.dagshell.server.ServerSettings;
import io.dagshell.store.Database;
import io.dagshell.store.LocalBlocks;
import io.dagshell.store.orchestration.AlertKind;
import io.dagshell.store.orchestration.AlertRule;
import io.dagshell.store.orchestration.Orchestration;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsPageTest {
    private static final String EVIL = "night <script>alert(1)</script>";

    @TempDir
    Path folder;

    private Server server;
    private Visitor visitor;
    private Database database;
    private Orchestration state;

    @BeforeEach
    void start() throws IOException {
        Home home = new Home(folder, folder.resolve("cache"));
        server = Server.start(ServerSettings.local(0), home);
        visitor = new Visitor(server, home);
        database = Database.file(home.database());
        state = Orchestration.of(database);
        LocalBlocks.open(home.blocks())
                .set(new BlockName("mail"), "smtp", Map.of("host", "127.0.0.1", "port", "1", "from", "a@example.org"));
    }

    @AfterEach
    void stop() {
        database.close();
        server.close();
    }

    private HttpResponse<String> save(String more) throws Exception {
        return visitor.post("/alerts", "fresh=true&block=mail&name=" + Shown.encoded(EVIL) + more);
    }

    @Test
    void a_rule_is_made_changed_switched_tried_and_removed() throws Exception {
        assertThat(visitor.body("/alerts"))
                .contains("Nobody is told of anything yet")
                .contains("Nothing yet.");
        assertThat(visitor.body("/alerts/edit")).contains("ended Failed").contains(">mail</option>");

        assertThat(save("&on=failed&on=slow&after=90min&quiet=1h&recipients=a%40example.org%2C+b%40example.org")
                        .statusCode())
                .isEqualTo(303);
        AlertRule rule = state.alertRules().find(EVIL).orElseThrow();
        assertThat(rule.kinds()).isEqualTo(Set.of(AlertKind.FAILED, AlertKind.SLOW));
        assertThat(rule.after()).contains(Duration.ofMinutes(90));
        assertThat(rule.quiet()).isEqualTo(Duration.ofHours(1));
        assertThat(rule.recipients()).containsExactly("a@example.org", "b@example.org");
        assertThat(visitor.body("/alerts"))
                .contains("night &lt;script&gt;")
                .contains("all deployments · after 90min · quiet for 1h")
                .doesNotContain("<script>alert");
        assertThat(visitor.body("/alerts/edit?name=" + Shown.encoded(EVIL))).contains("value=\"90min\"");

        String name = "name=" + Shown.encoded(EVIL);
        visitor.post("/alerts/switch", name + "&active=false");
        assertThat(state.alertRules().find(EVIL).orElseThrow().active()).isFalse();
        assertThat(visitor.post("/alerts/test", name).body())
                .contains("Does not work")
                .contains("The mail server 127.0.0.1:1 did not take it");
        visitor.post("/alerts/remove", name);
        assertThat(state.alertRules().list()).isEmpty();
        assertThat(visitor.post("/alerts/remove", name).statusCode()).isEqualTo(404);
    }

    @Test
    void what_does_not_fit_is_said_and_what_was_typed_stays() throws Exception {
        for (String[] wrong : new String[][] {
            {"&recipients=a%40example.org", "tells of nothing: name one or more of"},
            {"&on=failed", "A mail needs a recipient"},
            {"&on=failed&recipients=a%40example.org&quiet=soon", "written like 90s, 10min, 26h or 2d, not 'soon'"},
            {"&on=slow&recipients=a%40example.org", "needs 'after'"},
            {"&on=failed&recipients=a%40example.org&deployment=none", "There is no deployment 'none'"},
        }) {
            HttpResponse<String> answer = save(wrong[0]);
            assertThat(answer.statusCode()).as(wrong[0]).isEqualTo(400);
            assertThat(answer.body()).contains(wrong[1]).contains("value=\"night &lt;script");
        }
        assertThat(state.alertRules().list()).isEmpty();
    }

    @Test
    void programs_set_list_and_remove_rules() throws Exception {
        assertThat(visitor.body("/api/alerts")).isEqualTo("{\"alerts\":[]}");
        String body = "{\"on\":[\"failed\"],\"block\":\"mail\",\"to\":[\"a@example.org\"],\"quiet\":\"PT1H\"}";
        HttpResponse<String> made = visitor.put("/api/alerts/watch", body);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        assertThat(visitor.body("/api/alerts")).contains("\"name\":\"watch\"").contains("\"quiet\":\"PT1H\"");
        assertThat(visitor.put("/api/alerts/watch", body.replace("failed", "sad"))
                        .body())
                .contains("'sad' is nothing to be told of");
        assertThat(visitor.body("/api/alert-messages")).isEqualTo("{\"messages\":[]}");
        assertThat(visitor.delete("/api/alerts/watch").statusCode()).isEqualTo(204);
        assertThat(visitor.delete("/api/alerts/watch").statusCode()).isEqualTo(404);
    }
}
