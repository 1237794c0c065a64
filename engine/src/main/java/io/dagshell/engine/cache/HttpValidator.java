package io.dagshell.engine.cache;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Asks http and https servers with HEAD: the ETag, or else Last-Modified with the length. */
public final class HttpValidator implements SourceValidator {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private final Duration patience;

    /** Waits five seconds for the connection and five for the answer. */
    public HttpValidator() {
        this(Duration.ofSeconds(5));
    }

    HttpValidator(Duration patience) {
        this.patience = patience;
    }

    @Override
    public boolean handles(URI address) {
        String scheme = address.getScheme();
        return scheme != null && SCHEMES.contains(scheme.toLowerCase(Locale.ROOT));
    }

    @Override
    public Optional<String> validate(URI address) {
        try {
            return ask(address);
        } catch (IOException | IllegalArgumentException unreachable) {
            return Optional.empty();
        }
    }

    private Optional<String> ask(URI address) throws IOException {
        URLConnection connection = address.toURL().openConnection();
        if (!(connection instanceof HttpURLConnection http)) {
            return Optional.empty();
        }
        try {
            http.setRequestMethod("HEAD");
            http.setConnectTimeout(Math.toIntExact(patience.toMillis()));
            http.setReadTimeout(Math.toIntExact(patience.toMillis()));
            http.setUseCaches(false);
            return http.getResponseCode() == HttpURLConnection.HTTP_OK ? validator(http) : Optional.empty();
        } finally {
            http.disconnect();
        }
    }

    private static Optional<String> validator(HttpURLConnection http) {
        String etag = http.getHeaderField("ETag");
        if (etag != null) {
            return Optional.of("etag " + etag);
        }
        String modified = http.getHeaderField("Last-Modified");
        String length = http.getHeaderField("Content-Length");
        return modified == null || length == null
                ? Optional.empty()
                : Optional.of("modified " + modified + ", " + length + " bytes");
    }
}
