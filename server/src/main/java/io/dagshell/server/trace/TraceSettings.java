package io.dagshell.server.trace;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where traces go, by the variables that OpenTelemetry has for it.
 *
 * @param endpoint takes OTLP over HTTP, such as {@code http://localhost:4318/v1/traces}
 * @param headers sent with each request; values may be secret
 * @param service what the traces are told to be of
 * @param authority certificates (PEM) that the collector's is to be signed by; empty for those of Java
 * @see <a href="https://opentelemetry.io/docs/specs/otel/protocol/exporter/">OpenTelemetry Protocol Exporter</a>
 */
public record TraceSettings(URI endpoint, Map<String, String> headers, String service, Optional<byte[]> authority) {
    private static final String ALL = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final String TRACES = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    private static final String PATH = "v1/traces";

    public TraceSettings {
        headers = Map.copyOf(headers);
    }

    /**
     * What the environment says; empty if it names no collector.
     *
     * @throws IllegalArgumentException a variable makes no sense; the message names it
     */
    public static Optional<TraceSettings> of(Map<String, String> environment) {
        Optional<URI> endpoint = endpoint(environment);
        if (endpoint.isEmpty()) {
            return Optional.empty();
        }
        either(environment, "PROTOCOL")
                .filter(protocol -> !protocol.equals("http/protobuf"))
                .ifPresent(protocol -> {
                    throw new IllegalArgumentException("OTEL_EXPORTER_OTLP_PROTOCOL can be http/protobuf here, not '"
                            + protocol + "': collectors take that at port 4318.");
                });
        return Optional.of(new TraceSettings(
                endpoint.get(),
                headers(either(environment, "HEADERS").orElse("")),
                text(environment, "OTEL_SERVICE_NAME").orElse("dagshell"),
                either(environment, "CERTIFICATE").map(TraceSettings::read)));
    }

    private static Optional<URI> endpoint(Map<String, String> environment) {
        Optional<String> exact = text(environment, TRACES);
        if (exact.isPresent()) {
            return Optional.of(address(TRACES, exact.get()));
        }
        return text(environment, ALL)
                .map(base -> address(ALL, base))
                .map(base -> URI.create(base + (base.toString().endsWith("/") ? "" : "/") + PATH));
    }

    private static URI address(String variable, String text) {
        if (text.matches("https?://[^/\\s]+(/\\S*)?")) {
            try {
                return URI.create(text);
            } catch (IllegalArgumentException noAddress) {
                // As below.
            }
        }
        throw new IllegalArgumentException(
                variable + " is the address of a collector of OpenTelemetry, such as http://localhost:4318, not '"
                        + text + "'.");
    }

    /** The variable of traces before that of all kinds of telemetry. */
    private static Optional<String> either(Map<String, String> environment, String what) {
        return text(environment, "OTEL_EXPORTER_OTLP_TRACES_" + what)
                .or(() -> text(environment, "OTEL_EXPORTER_OTLP_" + what));
    }

    private static Optional<String> text(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** {@code name=value} with commas between, as in W3C's Baggage; values are percent-encoded. Says no value: it may be secret. */
    private static Map<String, String> headers(String text) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String each : text.split(",")) {
            int equals = each.indexOf('=');
            if (equals > 0) {
                String value = each.substring(equals + 1).strip().replace("+", "%2B");
                headers.put(each.substring(0, equals).strip(), URLDecoder.decode(value, StandardCharsets.UTF_8));
            } else if (!each.isBlank()) {
                throw new IllegalArgumentException("OTEL_EXPORTER_OTLP_HEADERS is name=value, with commas between.");
            }
        }
        return headers;
    }

    private static byte[] read(String file) {
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "OTEL_EXPORTER_OTLP_CERTIFICATE: " + file + " cannot be read"
                            + (unreadable instanceof NoSuchFileException ? ": there is no such file." : "."),
                    unreadable);
        }
    }
}
