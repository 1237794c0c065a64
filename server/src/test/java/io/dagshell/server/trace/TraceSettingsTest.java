package io.dagshell.server.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceSettingsTest {

    @Test
    void without_a_collector_nothing_is_traced() {
        assertThat(TraceSettings.of(Map.of("OTEL_SERVICE_NAME", "x"))).isEmpty();
        assertThat(TraceSettings.of(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", " "))).isEmpty();
    }

    @Test
    void the_address_of_all_telemetry_gets_the_path_of_traces_and_that_of_traces_is_taken_as_it_is() {
        assertThat(endpoint(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4318")))
                .isEqualTo(URI.create("http://c:4318/v1/traces"));
        assertThat(endpoint(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "https://c/otlp/")))
                .isEqualTo(URI.create("https://c/otlp/v1/traces"));
        assertThat(endpoint(Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        "http://c:4318",
                        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
                        "http://t/in")))
                .isEqualTo(URI.create("http://t/in"));
    }

    private static URI endpoint(Map<String, String> environment) {
        return TraceSettings.of(environment).orElseThrow().endpoint();
    }

    @Test
    void headers_are_pairs_with_commas_between() {
        Map<String, String> environment = Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://c",
                "OTEL_EXPORTER_OTLP_HEADERS",
                "api-key=a%20b+c, X-Scope = loads");

        assertThat(TraceSettings.of(environment).orElseThrow().headers())
                .containsOnly(Map.entry("api-key", "a b+c"), Map.entry("X-Scope", "loads"));
    }

    @Test
    void what_makes_no_sense_is_refused_by_its_name_and_tells_no_secret() {
        assertThatThrownBy(() -> TraceSettings.of(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318")))
                .hasMessage("OTEL_EXPORTER_OTLP_ENDPOINT is the address of a collector of OpenTelemetry, such as"
                        + " http://localhost:4318, not 'collector:4318'.");
        assertThatThrownBy(() -> TraceSettings.of(
                        Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c", "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")))
                .hasMessageContaining("OTEL_EXPORTER_OTLP_PROTOCOL can be http/protobuf here, not 'grpc'");
        assertThatThrownBy(() -> TraceSettings.of(
                        Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c", "OTEL_EXPORTER_OTLP_HEADERS", "s3cret")))
                .hasMessageContaining("OTEL_EXPORTER_OTLP_HEADERS is name=value")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> TraceSettings.of(Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT", "http://c", "OTEL_EXPORTER_OTLP_CERTIFICATE", "/no/ca.pem")))
                .hasMessage("OTEL_EXPORTER_OTLP_CERTIFICATE: /no/ca.pem cannot be read: there is no such file.");
    }
}
