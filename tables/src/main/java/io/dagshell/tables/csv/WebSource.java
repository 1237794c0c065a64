package io.dagshell.tables.csv;

import io.dagshell.tables.TableFileException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file behind an http or https address. Redirects are followed, the status is checked, and so is the length; a download that
 * breaks off goes on where it was.
 */
record WebSource(URI address) implements Source {
    private static final int OK = 200;
    private static final int PART = 206;
    private static final int TOO_MANY = 429;
    private static final int FAILED = 500;
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
        if (status != OK) {
            response.body().close();
            throw new TableFileException(name(), "the server answered " + status + meaning(status), null);
        }
        long length = response.headers().firstValueAsLong("content-length").orElse(-1);
        Optional<String> validator = validator(response);
        InputStream bytes = length < 0 || validator.isEmpty()
                ? response.body()
                : new ResumedBytes(response.body(), length, position -> rest(client, validator.get(), position));
        return new Opened(bytes, length);
    }

    /** What tells whether the file is still the same: a strong entity tag, or else the time it was changed. */
    private static Optional<String> validator(HttpResponse<?> response) {
        return response.headers()
                .firstValue("etag")
                .filter(tag -> !tag.startsWith("W/"))
                .or(() -> response.headers().firstValue("last-modified"));
    }

    /** The bytes from a place on, if the server has the same file still and gives parts of it. */
    private @Nullable InputStream rest(HttpClient client, String validator, long position) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(ANSWER)
                .header("Range", "bytes=" + position + "-")
                .header("If-Range", validator)
                .build();
        HttpResponse<InputStream> response = send(client, request);
        int status = response.statusCode();
        boolean part = status == PART
                && response.headers().firstValue("content-range").orElse("").startsWith("bytes " + position + "-");
        if (part) {
            return response.body();
        }
        response.body().close();
        if (status == TOO_MANY || status >= FAILED) {
            throw new TableFileException(name(), "the server answered " + status + meaning(status), null);
        }
        return null;
    }

    private HttpResponse<InputStream> send(HttpClient client, HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (HttpTimeoutException late) {
            throw new TableFileException(name(), "the server did not answer in time", late);
        } catch (ConnectException unreachable) {
            throw new TableFileException(name(), "the server cannot be reached", unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TableFileException(name(), "interrupted while waiting for the server", interrupted);
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
