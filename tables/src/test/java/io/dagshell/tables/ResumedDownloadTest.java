package io.dagshell.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that hangs up in the middle, on purpose. */
class ResumedDownloadTest {
    private static final int ROWS = 20_000;

    @TempDir
    Path folder;

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private byte[] content = {};
    private HttpServer server;
    private String tag = "\"one\"";
    private int brokenAnswers;
    private int refusals;

    @BeforeEach
    void serve() throws IOException {
        String[] lines = IntStream.rangeClosed(0, ROWS)
                .mapToObj(n -> n == 0 ? "n,square" : n + "," + (long) n * n)
                .toArray(String[]::new);
        content = Files.readAllBytes(CsvFiles.gzip(folder, lines));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/squares.csv.gz", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/squares.csv.gz";
    }

    private void answer(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        asked.add(range == null ? "all" : range);
        if (range != null && refusals-- > 0) {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
            return;
        }
        boolean same = tag.equals(exchange.getRequestHeaders().getFirst("If-Range"));
        int from = range == null || !same ? 0 : Integer.parseInt(range.replaceAll("[^0-9]", ""));
        byte[] part = Arrays.copyOfRange(content, from, content.length);
        exchange.getResponseHeaders().add("ETag", tag);
        if (from > 0) {
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, part.length);
        boolean broken = brokenAnswers-- > 0;
        exchange.getResponseBody().write(part, 0, broken ? part.length / 3 : part.length);
        exchange.getResponseBody().flush();
        exchange.close();
    }

    @Test
    void a_download_that_breaks_off_goes_on_where_it_was() throws IOException {
        brokenAnswers = 3;
        refusals = 1;

        assertThat(Tables.readCsv(address()).rowCount()).isEqualTo(ROWS);

        assertThat(asked).hasSize(5).startsWith("all");
        assertThat(asked.subList(1, 5)).allMatch(each -> each.matches("bytes=[1-9][0-9]*-"));
    }

    @Test
    void a_parquet_file_is_fetched_over_a_broken_connection() throws IOException {
        Path file = Tables.writeParquet(SampleTables.random(2, 50, 5), folder.resolve("plain.parquet"));
        assertThatThrownBy(() ->
                        Tables.readParquet(file.resolveSibling("none.parquet").toString()))
                .isInstanceOf(ParquetException.class);
        content = Files.readAllBytes(file);
        brokenAnswers = 2;

        assertThat(Tables.readParquet(address()).rowCount()).isEqualTo(50);
        assertThat(Tables.streamParquet(URI.create(address()), 20).toTable().rowCount())
                .isEqualTo(50);
    }

    @Test
    void a_file_that_was_replaced_meanwhile_is_not_mixed_with_the_old_one() {
        brokenAnswers = 1;
        server.removeContext("/squares.csv.gz");
        server.createContext("/squares.csv.gz", exchange -> {
            answer(exchange);
            tag = "\"two\"";
        });

        assertThatThrownBy(() -> Tables.readCsv(address()))
                .isInstanceOf(TableFileException.class)
                .hasMessageStartingWith(address() + ": truncated: it ended after");
    }
}
