package io.dagshell.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireTest {
    private static final String HEADER = "{\"msg_id\":\"1\",\"msg_type\":\"kernel_info_request\",\"extra\":[1]}";

    private final Wire wire = new Wire(Signature.of(connection("hmac-sha256", "secret")));

    static Connection connection(String scheme, String key) {
        return new Connection("tcp", "127.0.0.1", new Connection.Ports(1, 2, 3, 4, 5), scheme, key);
    }

    @Test
    void a_message_comes_back_as_it_was_sent() throws BadMessage {
        ObjectNode content = Json.object().put("code", "\"\uD83D\uDE00\"");
        Draft draft = new Draft(
                List.of(bytes("peer"), bytes("hop")),
                "execute_request",
                Json.object().put("msg_id", "parent"),
                Json.object().put("m", 1),
                content,
                List.of(bytes("buffer")));

        Message message = wire.decode(wire.encode(draft));

        assertThat(message.identities()).containsExactly(bytes("peer"), bytes("hop"));
        assertThat(message.type()).isEqualTo("execute_request");
        assertThat(message.header().path("version").asText()).isEqualTo("5.5");
        assertThat(message.parent()).isEqualTo(draft.parent());
        assertThat(message.metadata()).isEqualTo(draft.metadata());
        assertThat(message.content()).isEqualTo(content);
        assertThat(message.buffers()).containsExactly(bytes("buffer"));
    }

    @Test
    void the_signature_is_the_hmac_of_the_four_parts() throws BadMessage {
        // echo -n '{"msg_id":"1",...}{}{}{}' | openssl dgst -sha256 -hmac secret
        List<byte[]> frames = frames("dc1e9d6a", HEADER, "{}", "{}", "{}");

        assertThatThrownBy(() -> wire.decode(frames))
                .isInstanceOf(BadMessage.class)
                .hasMessageContaining("signature");
        frames.set(1, Signature.of(connection("hmac-sha256", "secret")).sign(frames.subList(2, 6)));
        assertThat(wire.decode(frames).header().path("extra").get(0).asInt()).isEqualTo(1);
        assertThat(new String(frames.get(1), StandardCharsets.US_ASCII)).matches("[0-9a-f]{64}");
    }

    @Test
    void every_part_is_signed() {
        for (int part = 2; part < 6; part++) {
            List<byte[]> frames = new ArrayList<>(wire.encode(draft()));
            frames.set(part, bytes("{\"forged\":1}"));
            assertThatThrownBy(() -> wire.decode(frames))
                    .isInstanceOf(BadMessage.class)
                    .hasMessageContaining("signature");
        }
    }

    @Test
    void without_a_key_nothing_is_signed_and_everything_believed() throws BadMessage {
        Wire open = new Wire(Signature.of(connection("hmac-sha256", "")));

        List<byte[]> frames = open.encode(draft());

        assertThat(frames.get(1)).isEmpty();
        assertThat(open.decode(frames).type()).isEqualTo("status");
    }

    @Test
    void what_is_no_message_is_refused_with_the_reason() {
        assertThatThrownBy(() -> wire.decode(List.of(bytes("x")))).hasMessageContaining("no delimiter");
        assertThatThrownBy(() -> wire.decode(List.of(bytes("<IDS|MSG>"), bytes(""))))
                .hasMessageContaining("2 frames");
        assertThatThrownBy(() -> decodeSigned("[]", "{}", "{}", "{}")).hasMessageContaining("header is no JSON object");
        assertThatThrownBy(() -> decodeSigned("{", "{}", "{}", "{}")).hasMessageContaining("header is no JSON");
        assertThatThrownBy(() -> decodeSigned("{\"msg_id\":\"1\"}", "{}", "{}", "{}"))
                .hasMessageContaining("msg_type");
        assertThatThrownBy(() -> decodeSigned(HEADER, "{}", "{}", "\"text\"")).hasMessageContaining("content");
        String deep = "[".repeat(100_000);
        assertThatThrownBy(() -> decodeSigned(deep, "{}", "{}", "{}")).isInstanceOf(BadMessage.class);
    }

    @Test
    void half_a_surrogate_pair_does_not_stop_a_message() throws BadMessage {
        ObjectNode content = Json.object().put("text", "a\uD83Db");

        List<byte[]> frames = wire.encode(
                new Draft(List.of(), "stream", Json.object(), Json.object(), content, Collections.emptyList()));

        assertThat(wire.decode(frames).content().path("text").asText())
                .startsWith("a")
                .endsWith("b");
    }

    private Message decodeSigned(String... parts) throws BadMessage {
        List<byte[]> frames = frames("", parts);
        frames.set(1, Signature.of(connection("hmac-sha256", "secret")).sign(frames.subList(2, 6)));
        return wire.decode(frames);
    }

    private static Draft draft() {
        return new Draft(List.of(), "status", Json.object(), Json.object(), Json.object(), List.of());
    }

    private static List<byte[]> frames(String signature, String... parts) {
        List<byte[]> frames = new ArrayList<>(List.of(bytes("<IDS|MSG>"), bytes(signature)));
        for (String part : parts) {
            frames.add(bytes(part));
        }
        return frames;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
