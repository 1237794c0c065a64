package io.dagshell.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RequestTest {

    @Test
    void what_a_client_leaves_out_is_as_the_protocol_says() throws Exception {
        assertThat(request("execute_request", "{\"code\":\"1\"}"))
                .isEqualTo(new Request.Execute("1", false, true, Map.of(), true, true));
        assertThat(request("complete_request", "{\"code\":\"ab\"}"))
                .isEqualTo(new Request.Complete("ab", Integer.MAX_VALUE));
        assertThat(request("history_request", "{}")).isEqualTo(new Request.History(false, new Request.Access.Tail(10)));
        assertThat(request("shutdown_request", "{}")).isEqualTo(new Request.Shutdown(false));
    }

    @Test
    void a_silent_cell_is_never_kept() throws Exception {
        Request request = request("execute_request", "{\"code\":\"1\",\"silent\":true,\"store_history\":true}");

        assertThat(((Request.Execute) request).storeHistory()).isFalse();
    }

    @Test
    void null_is_like_left_out() throws Exception {
        assertThat(request(
                        "execute_request",
                        "{\"code\":\"1\",\"user_expressions\":null,\"silent\":null,\"allow_stdin\":null}"))
                .isEqualTo(new Request.Execute("1", false, true, Map.of(), true, true));
        assertThat(request("history_request", "{\"hist_access_type\":\"range\",\"stop\":null,\"n\":null}"))
                .isEqualTo(new Request.History(false, new Request.Access.Range(0, 0, OptionalInt.empty())));
    }

    @Test
    void what_cannot_be_left_out_is_named() {
        assertThatThrownBy(() -> request("execute_request", "{}"))
                .isInstanceOf(BadMessage.class)
                .hasMessageContaining("code");
        assertThatThrownBy(() -> request("comm_open", "{\"comm_id\":\"1\"}")).hasMessageContaining("target_name");
        assertThatThrownBy(() -> request("shutdown", "{}")).hasMessageContaining("no request is called shutdown");
    }

    private static Request request(String type, String content) throws BadMessage, IOException {
        return Request.of(new Message(
                List.of(),
                Json.object().put("msg_type", type),
                Json.object(),
                Json.object(),
                (com.fasterxml.jackson.databind.node.ObjectNode) Json.read(content),
                List.of()));
    }
}
