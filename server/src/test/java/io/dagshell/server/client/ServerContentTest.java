package io.dagshell.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that sends four bytes of a file of a hundred. */
class ServerContentTest {
    private final CountDownLatch breakOff = new CountDownLatch(1);
    private ServerSocket listener;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread server = new Thread(this::answer, "server");
        server.setDaemon(true);
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        breakOff.countDown();
        listener.close();
    }

    private void answer() {
        try (Socket socket = listener.accept()) {
            byte[] request = new byte[8192];
            assertThat(socket.getInputStream().read(request)).isPositive();
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            breakOff.await();
        } catch (IOException | InterruptedException gone) {
            throw new IllegalStateException(gone);
        }
    }

    @Test
    @Timeout(30)
    void a_server_that_sends_nothing_more_is_given_up() throws Exception {
        try (InputStream content = content(Duration.ofSeconds(1))) {
            assertThat(content.readNBytes(4)).asString().isEqualTo("part");
            assertThatThrownBy(content::read)
                    .isInstanceOf(ServerAwayException.class)
                    .hasMessageContaining("sent nothing for 1 s");
        }
    }

    @Test
    @Timeout(30)
    void a_server_that_breaks_off_is_away() throws Exception {
        try (InputStream content = content(Duration.ofSeconds(20))) {
            assertThat(content.readNBytes(4)).asString().isEqualTo("part");
            breakOff.countDown();
            assertThatThrownBy(content::read)
                    .isInstanceOf(ServerAwayException.class)
                    .hasMessageContaining("broke off");
        }
    }

    private InputStream content(Duration patience) throws Exception {
        URI url = URI.create("http://127.0.0.1:" + listener.getLocalPort());
        InputStream body = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofInputStream())
                .body();
        return new ServerContent(body, url, patience);
    }
}
