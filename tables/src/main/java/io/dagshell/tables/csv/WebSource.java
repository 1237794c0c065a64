package io.dagshell.tables.csv;

import io.dagshell.tables.CsvException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** A file behind an http or https address. Redirects are followed, the status is checked, and so is the length. */
record WebSource(URI address) implements Source {
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    @Override
    public String name() {
        return address.toString();
    }

    @Override
    public Opened open() throws IOException {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(CONNECT)
                .build();
        HttpRequest request = HttpRequest.newBuilder(address).timeout(ANSWER).build();
        HttpResponse<InputStream> response = send(client, request);
        int status = response.statusCode();
        if (status != 200) {
            response.body().close();
            throw new CsvException(name(), "the server answered " + status + meaning(status), null);
        }
        long length = response.headers().firstValueAsLong("content-length").orElse(-1);
        return new Opened(response.body(), length);
    }

    private HttpResponse<InputStream> send(HttpClient client, HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (HttpTimeoutException late) {
            throw new CsvException(name(), "the server did not answer in time", late);
        } catch (ConnectException unreachable) {
            throw new CsvException(name(), "the server cannot be reached", unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CsvException(name(), "interrupted while waiting for the server", interrupted);
        }
    }

    private static String meaning(int status) {
        return switch (status) {
            case 401, 403 -> " (access denied)";
            case 404 -> " (not found)";
            case 410 -> " (gone)";
            case 429 -> " (too many requests)";
            default -> status >= 500 ? " (a failure of the server)" : "";
        };
    }
}
