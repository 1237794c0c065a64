package io.dagshell.server.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.event.RunEvent.RunStarted;
import io.dagshell.engine.event.RunEvent.TaskCreated;
import io.dagshell.engine.event.RunEvent.TaskFailed;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import io.dagshell.store.Database;
import io.dagshell.store.RunStore;
import io.dagshell.store.orchestration.AlertKind;
import io.dagshell.store.orchestration.AlertMessage;
import io.dagshell.store.orchestration.AlertRule;
import io.dagshell.store.orchestration.Claim;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.DeploymentSpec;
import io.dagshell.store.orchestration.FlowRun;
import io.dagshell.store.orchestration.FolderFiles;
import io.dagshell.store.orchestration.NewRun;
import io.dagshell.store.orchestration.Orchestration;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Messages as a real mail server and a real receiver of webhooks get them. */
@Timeout(60)
class AlertingTest {
    private static final DeploymentName ETL = new DeploymentName("Nightly <ETL> & more");
    private static final String LOOPBACK = InetAddress.getLoopbackAddress().getHostAddress();

    @TempDir
    Path folder;

    private final Map<String, BlockSettings> blocks = new HashMap<>();
    private final List<Posted> posted = Collections.synchronizedList(new ArrayList<>());
    private volatile int status = 200;
    private GreenMail mail;
    private HttpServer receiver;
    private Database database;
    private RunStore runs;
    private Orchestration state;
    private Alerting alerting;

    private record Posted(String signature, String body) {}

    @BeforeEach
    void open() throws IOException {
        mail = new GreenMail(new ServerSetup(0, LOOPBACK, ServerSetup.PROTOCOL_SMTP));
        mail.setUser("ops@example.org", "robot", "s3cret");
        mail.start();
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook/T0K3N", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            String signature = exchange.getRequestHeaders().getFirst(WebhookBlockType.SIGNATURE);
            posted.add(new Posted(String.valueOf(signature), body));
            byte[] answer = "no_such_channel".getBytes(UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        receiver.start();
        blocks.put("mail", smtp("s3cret"));
        blocks.put("chat", webhook("slack", ""));
        blocks.put("program", webhook("", "k3y"));
        blocks.put("db", BlockSettings.of("postgres", Map.of()));
        database = Database.file(folder.resolve("state.db"));
        runs = RunStore.open(database);
        state = Orchestration.of(database);
        FolderFiles files = FolderFiles.of(Map.of(FolderFiles.YAML, "name: x".getBytes(UTF_8)));
        state.deployments().apply(DeploymentSpec.of(ETL, new TaskName("etl"), 17, files), false);
        alerting = new Alerting(
                state,
                runs,
                name -> Optional.ofNullable(blocks.get(name.value())),
                () -> URI.create("https://dagshell.example.org/"));
    }

    private BlockSettings smtp(String password) {
        return BlockSettings.of(
                "smtp",
                Map.of(
                        "host",
                        LOOPBACK,
                        "port",
                        "" + mail.getSmtp().getPort(),
                        "security",
                        "none",
                        "user",
                        "robot",
                        "password",
                        password,
                        "from",
                        "dagshell@example.org"));
    }

    private BlockSettings webhook(String form, String key) {
        String url = "http://" + LOOPBACK + ":" + receiver.getAddress().getPort() + "/hook/T0K3N";
        return BlockSettings.of("webhook", Map.of("url", url, "form", form, "key", key));
    }

    @AfterEach
    void close() {
        runs.close();
        database.close();
        receiver.stop(0);
        mail.stop();
    }

    private static AlertRule rule(String block, String... recipients) {
        return new AlertRule(
                "night watch",
                Set.of(AlertKind.FAILED),
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                block,
                List.of(recipients),
                true);
    }

    /** A run of the deployment that failed in a cell. */
    private FlowRun failed() {
        FlowRun run = state.runs().create(NewRun.of(ETL, "{}", Instant.now(), "ada"));
        state.claim(new Claim("agent", List.of("default"), Set.of(17), 1, Duration.ofSeconds(15)));
        state.runs().begin(run.id(), "agent");
        TaskName flow = new TaskName("etl");
        Instant now = Instant.now();
        CallPath root = CallPath.root().child(flow, 1);
        runs.accept(new RunStarted(run.id(), now, flow, Kind.FLOW, "ETL", "{}", "deployed", "etl.ipynb"));
        runs.accept(new TaskCreated(run.id(), now, 0, flow, Kind.FLOW, root, OptionalInt.empty(), List.of()));
        runs.accept(new TaskFailed(
                run.id(),
                now,
                0,
                "java.lang.IllegalStateException",
                "row 7 <has> no fare",
                FailureKind.USER,
                "etl.ipynb[3]:4",
                ""));
        runs.upToDate();
        state.runs().finish(run.id(), "agent", State.FAILED, Optional.of("IllegalStateException"));
        return state.runs().show(run.id());
    }

    private void lookAndDeliver() {
        Instant now = Instant.now();
        alerting.look(now, now.minus(Duration.ofDays(1)));
        alerting.deliver(now.plusMillis(1));
    }

    private AlertMessage last() {
        return state.alertMessages().latest(1).get(0);
    }

    @Test
    void a_mail_says_what_failed_at_which_line_and_where_to_look() throws Exception {
        state.alertRules().set(rule("mail", "ops@example.org", "boss@example.org"));
        FlowRun run = failed();
        lookAndDeliver();

        assertThat(last().state()).as("%s", last()).isEqualTo(AlertMessage.State.SENT);
        MimeMessage[] received = mail.getReceivedMessages();
        assertThat(received).hasSize(2);
        assertThat(received[0].getSubject()).isEqualTo("[DagShell] Nightly <ETL> & more ended Failed");
        assertThat(received[0].getFrom()[0]).hasToString("dagshell@example.org");
        assertThat(received[0].getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(received[0].getContent().toString().lines())
                .contains(
                        "at etl.ipynb[3]:4",
                        "IllegalStateException: row 7 <has> no fare",
                        "run " + run.id(),
                        "https://dagshell.example.org/runs/" + run.id());
        lookAndDeliver();
        assertThat(mail.getReceivedMessages()).hasSize(2);
    }

    @Test
    void a_chat_gets_it_in_slacks_form_with_markup_escaped() throws Exception {
        state.alertRules().set(rule("chat"));
        FlowRun run = failed();
        lookAndDeliver();

        JsonNode json = new ObjectMapper().readTree(posted.get(0).body());
        assertThat(json.path("text").asText())
                .startsWith("*<https://dagshell.example.org/runs/" + run.id()
                        + "|Nightly &lt;ETL&gt; &amp; more ended Failed>*\nat etl.ipynb[3]:4\n"
                        + "IllegalStateException: row 7 &lt;has&gt; no fare\n");
        assertThat(posted.get(0).signature()).isEqualTo("null");
    }

    @Test
    void a_program_gets_fields_that_are_signed() throws Exception {
        state.alertRules().set(rule("program"));
        FlowRun run = failed();
        lookAndDeliver();

        JsonNode json = new ObjectMapper().readTree(posted.get(0).body());
        assertThat(json.path("kind").asText()).isEqualTo("failed");
        assertThat(json.path("deployment").asText()).isEqualTo(ETL.value());
        assertThat(json.path("run").asText()).isEqualTo(run.id().toString());
        assertThat(json.path("place").asText()).isEqualTo("etl.ipynb[3]:4");
        assertThat(posted.get(0).signature())
                .isEqualTo("sha256="
                        + WebhookBlockType.signature("k3y", posted.get(0).body().getBytes(UTF_8)));
    }

    @Test
    void what_is_not_taken_is_sent_again_later_and_the_reason_holds_no_secret() {
        state.alertRules().set(rule("chat"));
        failed();
        status = 404;
        lookAndDeliver();

        assertThat(last().state()).isEqualTo(AlertMessage.State.WAITING);
        assertThat(last().problem()).contains("The webhook at " + LOOPBACK + " answered 404: no_such_channel");
        status = 200;
        alerting.deliver(Instant.now().plusSeconds(5));
        assertThat(posted).hasSize(1);
        alerting.deliver(Instant.now().plusSeconds(11));
        assertThat(posted).hasSize(2);
        assertThat(last().state()).isEqualTo(AlertMessage.State.SENT);
    }

    @Test
    void after_a_day_of_refusals_a_message_is_given_up() {
        state.alertRules().set(rule("chat"));
        failed();
        status = 500;
        Instant now = Instant.now();
        alerting.look(now, now.minus(Duration.ofDays(1)));
        for (int hour = 0; hour < 40; hour++) {
            for (int minute = 0; minute < 60; minute += 10) {
                alerting.deliver(now.plus(Duration.ofHours(hour)).plus(Duration.ofMinutes(minute)));
            }
        }
        assertThat(last().state()).isEqualTo(AlertMessage.State.FAILED);
        assertThat(posted).hasSize(8);
    }

    @Test
    void a_mail_server_that_refuses_or_is_away_is_named_without_the_password() {
        blocks.put("mail", smtp("wr0ng"));
        assertThat(new SmtpBlockType().test(blocks.get("mail"))).satisfies(result -> {
            assertThat(result.works()).isFalse();
            assertThat(result.message())
                    .startsWith("The mail server " + LOOPBACK + ":")
                    .doesNotContain("wr0ng");
        });
        assertThat(new SmtpBlockType().test(smtp("s3cret")).works()).isTrue();
        mail.stop();
        assertThat(new SmtpBlockType().test(blocks.get("mail")).message()).contains("did not take it");
    }

    @Test
    void settings_are_checked_in_words() {
        assertThat(new SmtpBlockType()
                        .check(BlockSettings.of("smtp", Map.of("port", "x", "security", "ssl", "from", "me"))))
                .containsExactly(
                        "host is missing",
                        "port is a number up to 65535, not 'x'",
                        "security is starttls, tls or none, not 'ssl'",
                        "from is no mail address: 'me'");
        assertThat(new WebhookBlockType().check(BlockSettings.of("webhook", Map.of("url", "ftp://x", "form", "xml"))))
                .containsExactly("url is no http or https address", "form is slack or json, not 'xml'");
        assertThat(alerting.problems(rule("nothing")))
                .singleElement()
                .asString()
                .startsWith("There is no block 'nothing'");
        assertThat(alerting.problems(rule("db")))
                .singleElement()
                .asString()
                .contains("is of type postgres, through which no alert can be sent");
        assertThat(alerting.problems(rule("mail")))
                .containsExactly("A mail needs a recipient: name one or more addresses.");
        assertThat(alerting.problems(rule("mail", "me"))).containsExactly("the recipient is no mail address: 'me'");
        assertThat(alerting.problems(rule("chat", "me@example.org")).get(0)).startsWith("A webhook has no recipients");
    }

    @Test
    void a_test_says_that_it_is_one() {
        assertThat(alerting.test(rule("chat"), Instant.now()).works()).isTrue();
        assertThat(posted.get(0).body()).contains("This is a test. Nothing happened.");
        status = 410;
        assertThat(alerting.test(rule("chat"), Instant.now()).message()).contains("answered 410");
    }
}
