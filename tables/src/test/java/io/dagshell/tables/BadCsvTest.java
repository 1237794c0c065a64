package io.dagshell.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class BadCsvTest {
    @TempDir
    Path folder;

    @Test
    void text_in_a_number_column_names_file_line_and_column() throws IOException {
        Path file = CsvFiles.plain(folder, "id,fare", "1,2.5", "2,abc");
        assertThatThrownBy(() -> Tables.readCsv(
                        file, Tables.schema().integer("id").decimal("fare").build()))
                .isInstanceOf(TableFileException.class)
                .hasMessage(file + ", line 3, column fare: \"abc\" is not a number");
    }

    @Test
    void a_decimal_is_no_whole_number_and_is_never_cast() throws IOException {
        Path file = CsvFiles.plain(folder, "id", "1.0");
        assertThatThrownBy(
                        () -> Tables.readCsv(file, Tables.schema().integer("id").build()))
                .hasMessage(file + ", line 2, column id: \"1.0\" is not a whole number of 32 bits");
    }

    @Test
    void a_missing_and_an_extra_column_are_named() throws IOException {
        Path file = CsvFiles.plain(folder, "id,far", "1,2.5");
        Schema expected = Tables.schema().integer("id").decimal("fare").build();
        assertThatThrownBy(() -> Tables.readCsv(file, expected))
                .hasMessage(file + ", line 1: column fare is missing; the header has id, far");
        assertThatThrownBy(
                        () -> Tables.readCsv(file, Tables.schema().integer("id").build()))
                .hasMessage(file + ", line 1: column far is not in the schema");
    }

    @Test
    void a_ragged_row_is_an_error() throws IOException {
        Path shorter = CsvFiles.plain(folder, "a,b,c", "1,2,3", "1,2");
        assertThatThrownBy(() -> Tables.readCsv(shorter))
                .hasMessage(shorter + ", line 3: 2 fields where the header has 3");
        Path longer = CsvFiles.plain(folder, "a,b", "1,2,3");
        assertThatThrownBy(() -> Tables.readCsv(longer))
                .hasMessage(longer + ", line 2: 3 fields where the header has 2");
    }

    @Test
    void bad_quoting_is_an_error() throws IOException {
        Path file = CsvFiles.plain(folder, "a,b", "1,2", "\"x\"y,2");
        assertThatThrownBy(() -> Tables.readCsv(file))
                .isInstanceOf(TableFileException.class)
                .hasMessageStartingWith(file + ", line 3: bad quoting: ");
    }

    @Test
    void a_quote_that_is_never_closed_is_an_error() throws IOException {
        Path file = CsvFiles.plain(folder, "a,b", "1,2", "3,\"x", "4,5");
        assertThatThrownBy(() -> Tables.readCsv(file))
                .isInstanceOf(TableFileException.class)
                .hasMessage(file + ", line 3: bad quoting: the quote that opens here is never closed");
        Path header = CsvFiles.plain(folder, "a,\"b", "1,2");
        assertThatThrownBy(() -> Tables.readCsv(header))
                .hasMessage(header + ", line 1: bad quoting: the quote that opens here is never closed");
    }

    @Test
    void a_name_twice_in_the_header_is_an_error() throws IOException {
        Path file = CsvFiles.plain(folder, "a,A", "1,2");
        assertThatThrownBy(() -> Tables.readCsv(file))
                .hasMessageStartingWith(file + ", line 1, column a: the header has this name twice");
    }

    @Test
    void a_truncated_gzip_is_named_and_so_are_damaged_ones() throws IOException {
        String[] lines = new String[5_000];
        Arrays.setAll(lines, i -> i == 0 ? "a,b" : i + "," + i * 17 % 1009);
        Path file = CsvFiles.gzip(folder, lines);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> Tables.readCsv(file))
                .isInstanceOf(TableFileException.class)
                .hasMessageStartingWith(file + ": the gzip file is truncated")
                .satisfies(failure -> assertThat(failure.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(BadCsvTest.class.getName())));
        assertThatThrownBy(() -> Tables.stream(file, 100).toTable())
                .isInstanceOf(TableFileException.class)
                .hasMessageStartingWith(file + ": the gzip file is truncated");
        Files.write(file, Arrays.copyOf(whole, 5));
        assertThatThrownBy(() -> Tables.readCsv(file)).hasMessageStartingWith(file + ": the gzip file is truncated");
        byte[] damaged = whole.clone();
        Arrays.fill(damaged, 100, 140, (byte) 0x55);
        Files.write(file, damaged);
        assertThatThrownBy(() -> Tables.readCsv(file)).hasMessageStartingWith(file + ": the gzip file is damaged");
    }

    @Test
    void a_file_that_is_missing_empty_a_folder_or_in_another_charset_says_so() throws IOException {
        Path absent = folder.resolve("nowhere.csv");
        assertThatThrownBy(() -> Tables.readCsv(absent))
                .hasMessage(absent + ": no such file (looked in " + folder + ")");
        assertThatThrownBy(() -> Tables.readCsv(folder)).hasMessage(folder + ": is a folder, not a file");
        Path empty = Files.createFile(folder.resolve("empty.csv"));
        assertThatThrownBy(() -> Tables.readCsv(empty))
                .hasMessage(empty + ": the file is empty; it needs a header line");
        Path latin = Files.write(folder.resolve("latin.csv"), "a\nKöln\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Tables.readCsv(latin))
                .hasMessageStartingWith(latin + ": is not in the expected charset");
    }

    @Test
    void an_address_of_another_kind_is_refused() {
        assertThatThrownBy(() -> Tables.readCsv(URI.create("ftp://host/trips.csv")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ftp");
    }

    @Test
    void the_web_is_read_and_its_failures_are_told() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] content = Files.readAllBytes(CsvFiles.gzip(folder, "a,b", "1,2", "3,4"));
        server.createContext("/trips.csv.gz", exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
        server.createContext("/short.csv.gz", exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, 20);
            exchange.getResponseBody().flush();
            exchange.close();
        });
        server.createContext("/moved.csv.gz", exchange -> {
            exchange.getResponseHeaders().add("Location", "/trips.csv.gz");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
        try {
            String base = "http://127.0.0.1:" + server.getAddress().getPort();
            Table table = Tables.readCsv(URI.create(base + "/moved.csv.gz"));
            assertThat(table.rowCount()).isEqualTo(2);
            assertThat(Tables.readCsv(base + "/trips.csv.gz").name()).isEqualTo("trips");
            assertThatThrownBy(() -> Tables.readCsv(base + "/none.csv"))
                    .isInstanceOf(TableFileException.class)
                    .hasMessage(base + "/none.csv: the server answered 404 (not found)");
            assertThatThrownBy(() -> Tables.readCsv(base + "/short.csv.gz"))
                    .isInstanceOf(TableFileException.class)
                    .hasMessageStartingWith(base + "/short.csv.gz: truncated: it ended after 20 of " + content.length);
        } finally {
            server.stop(0);
        }
        assertThatThrownBy(() ->
                        Tables.readCsv("http://127.0.0.1:" + server.getAddress().getPort() + "/trips.csv"))
                .isInstanceOf(TableFileException.class)
                .hasMessageContaining("the server cannot be reached");
    }
}
