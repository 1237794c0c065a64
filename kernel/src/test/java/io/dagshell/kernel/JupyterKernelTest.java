package io.dagshell.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.kernel.protocol.Connection;
import io.dagshell.kernel.protocol.Json;
import io.dagshell.kernel.protocol.Message;
import io.dagshell.kernel.session.JavaSession;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JupyterKernelTest {
    private final CountDownLatch mayOpen = new CountDownLatch(1);
    private JupyterKernel kernel;
    private KernelClient client;
    private final CompletableFuture<JavaSession> session = new CompletableFuture<>();

    @BeforeEach
    void start() throws Exception {
        Connection connection = KernelClient.connection();
        About about = new About("test", "1", "a kernel", List.of(new About.Link("Java", "https://example.org")));
        kernel = JupyterKernel.start(
                connection, about, new JupyterKernel.Place("etl.ipynb", Optional.empty()), this::open);
        client = new KernelClient(connection);
    }

    private JavaSession open() throws InterruptedException {
        mayOpen.await();
        JavaSession opened = JavaSession.open(List.of(), JupyterKernelTest.class.getClassLoader(), List.of());
        session.complete(opened);
        return opened;
    }

    @AfterEach
    void end() throws Exception {
        client.close();
        kernel.close();
        if (session.isDone()) {
            session.join().close();
        }
    }

    /** The subscription has arrived, and the session may open. */
    private void ready() {
        mayOpen.countDown();
        client.ask(client.shell, "kernel_info_request", Json.object());
        client.published(KernelClient::isIdle);
    }

    @Test
    void it_says_what_it_is_before_there_is_a_java_session() {
        ObjectNode info =
                client.ask(client.shell, "kernel_info_request", Json.object()).content();

        assertThat(info.path("status").asText()).isEqualTo("ok");
        assertThat(info.path("protocol_version").asText()).isEqualTo("5.5");
        assertThat(info.path("language_info").path("file_extension").asText()).isEqualTo(".java");
        assertThat(info.path("help_links").get(0).path("url").asText()).isEqualTo("https://example.org");
    }

    @Test
    void who_subscribes_is_greeted_and_misses_nothing_of_what_it_asks_then() {
        Message greeting = client.next(client.iopub);

        assertThat(greeting.type()).isEqualTo("iopub_welcome");
        assertThat(greeting.content().path("subscription").textValue()).isEmpty();
        client.send(client.shell, "kernel_info_request", Json.object());
        assertThat(client.published(KernelClient::isIdle)).hasSize(2);
    }

    @Test
    void who_does_not_listen_is_answered_too() throws Exception {
        Connection connection = KernelClient.connection();
        About about = new About("test", "1", "", List.of());
        try (JupyterKernel unheard = JupyterKernel.start(
                        connection, about, new JupyterKernel.Place("", Optional.empty()), this::open);
                KernelClient deaf = KernelClient.deaf(connection)) {
            assertThat(deaf.ask(deaf.shell, "kernel_info_request", Json.object())
                            .type())
                    .isEqualTo("kernel_info_reply");
            unheard.end();
        }
    }

    @Test
    void a_cell_is_told_in_order_and_named_as_parent() {
        ready();
        client.send(client.shell, "execute_request", KernelClient.cell("System.out.println(\"hi\");\n40 + 2"));

        Message reply = client.next(client.shell);
        List<Message> published = client.published(KernelClient::isIdle);

        assertThat(published)
                .extracting(Message::type)
                .containsExactly("status", "execute_input", "stream", "execute_result", "status");
        assertThat(published).extracting(Message::parent).containsOnly(reply.parent());
        assertThat(published.get(3).content().path("data").path("text/plain").asText())
                .isEqualTo("42");
        assertThat(reply.content().path("execution_count").asInt()).isEqualTo(1);
        assertThat(reply.metadata().path("started").asText()).isNotEmpty();
    }

    @Test
    void an_error_is_the_users_own_at_the_cell_and_line_of_the_notebook() {
        ready();

        ObjectNode content = client.execute("int zero = 0;\n\n// a comment\n1 / zero");

        assertThat(content.path("status").asText()).isEqualTo("error");
        assertThat(content.path("ename").asText()).isEqualTo("java.lang.ArithmeticException");
        assertThat(content.path("traceback").toString())
                .contains("at etl.ipynb[1]:4")
                .contains("\\u001B[1m");
    }

    @Test
    void a_silent_cell_publishes_nothing_and_is_not_counted() {
        ready();

        client.send(
                client.shell,
                "execute_request",
                KernelClient.cell("System.out.println(1);\n1 + 1").put("silent", true));
        assertThat(client.published(KernelClient::isIdle))
                .extracting(Message::type)
                .containsOnly("status");
        assertThat(client.next(client.shell).content().path("execution_count").asInt())
                .isZero();
        assertThat(client.execute("2").path("execution_count").asInt()).isEqualTo(1);
    }

    @Test
    void a_failure_gives_up_the_cells_that_wait_but_not_those_sent_after_its_reply() {
        ready();
        client.send(client.shell, "execute_request", KernelClient.cell("Thread.sleep(300);\nint x = 1 / 0;"));
        client.send(client.shell, "execute_request", KernelClient.cell("int waiting = 1;"));

        assertThat(client.next(client.shell).content().path("status").asText()).isEqualTo("error");
        client.send(client.shell, "execute_request", KernelClient.cell("int after = 1;"));

        assertThat(client.next(client.shell).content().path("status").asText()).isEqualTo("aborted");
        assertThat(client.next(client.shell).content().path("status").asText()).isEqualTo("ok");
    }

    @Test
    void a_failure_that_should_stop_nothing_stops_nothing() {
        ready();
        client.send(
                client.shell,
                "execute_request",
                KernelClient.cell("int x = 1 / 0;").put("stop_on_error", false));
        client.send(client.shell, "execute_request", KernelClient.cell("int waiting = 1;"));

        assertThat(client.next(client.shell).content().path("status").asText()).isEqualTo("error");
        assertThat(client.next(client.shell).content().path("status").asText()).isEqualTo("ok");
    }

    @Test
    void a_cell_asks_for_input_and_gets_it() {
        ready();
        client.send(
                client.shell,
                "execute_request",
                KernelClient.cell(
                        "System.out.print(\"name? \");\nnew java.util.Scanner(System.in).nextLine().toUpperCase()"));

        Message question = client.next(client.stdin);
        client.send(client.stdin, "input_reply", Json.object().put("value", "ada"));

        assertThat(question.type()).isEqualTo("input_request");
        assertThat(client.next(client.shell).content().path("status").asText()).isEqualTo("ok");
        assertThat(client.published(KernelClient::isIdle))
                .filteredOn(message -> message.type().equals("execute_result"))
                .singleElement()
                .satisfies(result -> assertThat(
                                result.content().path("data").path("text/plain").asText())
                        .isEqualTo("ADA"));
    }

    @Test
    void input_that_is_not_allowed_is_at_its_end() {
        ready();

        ObjectNode content = client.ask(
                        client.shell,
                        "execute_request",
                        KernelClient.cell("System.in.read()").put("allow_stdin", false))
                .content();

        assertThat(content.path("status").asText()).isEqualTo("ok");
    }

    @Test
    void an_interrupted_question_ends_and_its_late_answer_answers_nothing_else() {
        ready();
        String read = "String line = new java.io.BufferedReader(new java.io.InputStreamReader(System.in)).readLine();";
        client.send(client.shell, "execute_request", KernelClient.cell(read));
        client.next(client.stdin);

        client.ask(client.control, "interrupt_request", Json.object());
        assertThat(client.next(client.shell).content().path("status").asText()).isEqualTo("error");
        client.send(client.stdin, "input_reply", Json.object().put("value", "late"));
        client.ask(client.control, "kernel_info_request", Json.object());
        client.send(client.shell, "execute_request", KernelClient.cell(read));
        client.next(client.stdin);
        client.send(client.stdin, "input_reply", Json.object().put("value", "right"));

        assertThat(client.next(client.shell).content().path("status").asText()).isEqualTo("ok");
        client.published(KernelClient::isIdle);
        client.send(client.shell, "execute_request", KernelClient.cell("line"));
        assertThat(client.published(message -> message.type().equals("execute_result")))
                .last()
                .satisfies(result -> assertThat(
                                result.content().path("data").path("text/plain").asText())
                        .isEqualTo("right"));
    }

    @Test
    void a_cell_that_waits_for_the_session_is_interrupted_when_its_turn_comes() {
        client.send(client.shell, "execute_request", KernelClient.cell("while (true) {}"));
        client.ask(client.shell, "kernel_info_request", Json.object());

        client.ask(client.control, "interrupt_request", Json.object());
        mayOpen.countDown();

        assertThat(client.next(client.shell).content().path("ename").asText()).isEqualTo("Interrupted");
        assertThat(client.execute("1").path("status").asText()).isEqualTo("ok");
    }

    @Test
    void questions_are_answered_while_a_cell_runs_and_the_cell_stays_busy() {
        ready();
        client.send(client.shell, "execute_request", KernelClient.cell("while (true) {}"));
        client.published(message -> message.type().equals("execute_input"));

        Message reply =
                client.ask(client.shell, "is_complete_request", Json.object().put("code", "1"));

        assertThat(reply.type()).isEqualTo("is_complete_reply");
        client.published(KernelClient::isIdle);
        assertThat(client.next(client.iopub).content().path("execution_state").asText())
                .isEqualTo("busy");
        client.ask(client.control, "interrupt_request", Json.object());
        assertThat(client.next(client.shell).content().path("status").asText()).isEqualTo("error");
    }

    @Test
    void garbage_is_dropped_on_every_channel_and_the_next_request_answered() {
        ready();
        List<byte[]> garbage = List.of("x".getBytes(StandardCharsets.UTF_8), new byte[] {(byte) 0xff, 0});
        for (var socket : List.of(client.shell, client.control, client.stdin)) {
            KernelClient.sendFrames(socket, garbage);
            client.send(socket, "no_such_request", Json.object());
            client.send(socket, "execute_request", Json.object());
        }

        assertThat(client.ask(client.control, "kernel_info_request", Json.object())
                        .type())
                .isEqualTo("kernel_info_reply");
        assertThat(client.execute("1").path("status").asText()).isEqualTo("ok");
    }

    @Test
    void a_comm_nobody_waits_for_is_closed_again() {
        ready();
        client.send(
                client.shell, "comm_open", Json.object().put("comm_id", "c1").put("target_name", "nobody"));

        List<Message> published = client.published(KernelClient::isIdle);

        assertThat(published)
                .filteredOn(message -> message.type().equals("comm_close"))
                .singleElement()
                .satisfies(message ->
                        assertThat(message.content().path("comm_id").asText()).isEqualTo("c1"));
    }

    @Test
    void the_heart_beats_while_a_cell_runs() {
        ready();
        client.send(client.shell, "execute_request", KernelClient.cell("Thread.sleep(60_000);"));

        client.heartbeat.send("ping");

        assertThat(client.heartbeat.recvStr()).isEqualTo("ping");
        client.ask(client.control, "interrupt_request", Json.object());
    }

    @Test
    void a_shutdown_is_answered_and_told_while_a_cell_runs() throws InterruptedException {
        ready();
        client.send(client.shell, "execute_request", KernelClient.cell("while (true) {}"));

        Message reply =
                client.ask(client.control, "shutdown_request", Json.object().put("restart", true));

        assertThat(reply.content().path("restart").asBoolean()).isTrue();
        kernel.awaitEnd();
        client.published(message -> message.type().equals("shutdown_reply"));
        session.join().interrupt();
    }

    @Test
    void it_says_what_it_uses_and_where_it_listens() {
        JsonNode usage =
                client.ask(client.control, "usage_request", Json.object()).content();

        assertThat(usage.path("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
        assertThat(usage.path("kernel_memory").asLong()).isGreaterThan(1_000_000);
        assertThat(client.ask(client.shell, "connect_request", Json.object())
                        .content()
                        .path("shell_port")
                        .asInt())
                .isPositive();
    }

    @Test
    void the_pager_and_the_next_cell_are_told_in_the_reply() {
        ready();

        ObjectNode content = client.execute("page(\"help\");");

        assertThat(content.path("payload").get(0).path("source").asText()).isEqualTo("page");
        assertThat(content.path("payload")
                        .get(0)
                        .path("data")
                        .path("text/plain")
                        .asText())
                .isEqualTo("help");
    }
}
