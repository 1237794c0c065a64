package io.dagshell.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.home.Home;
import io.dagshell.server.api.Problems;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that keep what they have to say to themselves, over real sockets. */
class SlowClientsTest {
    private static final int MANY = 600;

    @TempDir
    Path folder;

    private final List<Socket> sockets = new ArrayList<>();
    private Server server;

    @BeforeEach
    void start() throws IOException {
        server = Server.start(ServerSettings.local(0), home());
    }

    private Home home() {
        return new Home(folder, folder.resolve("cache"));
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        server.close();
    }

    private void say(String text) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.url().getPort());
        sockets.add(socket);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private String beginningOfABody(String more) {
        return "POST /api/deployments HTTP/1.1\r\nHost: localhost:"
                + server.url().getPort() + "\r\n" + more
                + "Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{";
    }

    private int health() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.url().resolve("/health"))
                .timeout(Duration.ofSeconds(20))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void connections_are_bounded_and_those_that_say_nothing_make_room() throws Exception {
        for (int i = 0; i < Server.MOST_CONNECTIONS + 50; i++) {
            say("GET /health HTTP/1.1\r\n");
        }
        assertThat(health()).isEqualTo(200);
    }

    @Test
    void hundreds_of_strangers_who_never_finish_what_they_ask_keep_nobody_out() throws Exception {
        for (int i = 0; i < MANY; i++) {
            say(i % 2 == 0 ? "GET /health HTTP/1.1\r\nX-Slow: " : beginningOfABody(""));
        }
        assertThat(health()).isEqualTo(200);
    }

    @Test
    void those_who_may_ask_and_never_finish_what_they_send_keep_nobody_out_either() throws Exception {
        String token = ServerFile.read(home()).orElseThrow().token();
        for (int i = 0; i < MANY; i++) {
            say(beginningOfABody("Authorization: Bearer " + token + "\r\n"));
        }
        assertThat(health()).isEqualTo(200);
    }

    @Test
    void those_who_hang_up_in_the_middle_leave_no_alarm_in_the_log() throws Exception {
        BlockingQueue<LogRecord> told = new LinkedBlockingQueue<>();
        Logger log = Logger.getLogger(Problems.class.getName());
        Handler listening = new StreamHandler() {
            @Override
            public void publish(LogRecord line) {
                told.add(line);
            }
        };
        log.setLevel(Level.FINE);
        log.addHandler(listening);
        try {
            say(beginningOfABody("Authorization: Bearer "
                    + ServerFile.read(home()).orElseThrow().token() + "\r\n"));
            sockets.get(0).close();

            LogRecord line = told.poll(20, TimeUnit.SECONDS);
            assertThat(line).isNotNull();
            assertThat(line.getLevel()).isEqualTo(Level.FINE);
            assertThat(line.getMessage()).contains("/api/deployments", "hung up");
        } finally {
            log.removeHandler(listening);
            log.setLevel(null);
        }
    }
}
