package io.dagshell.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTest {

    @Test
    void messages_of_one_client_are_told_apart_by_when_they_were_sent() {
        Message first = message("a", "2026-01-01T10:00:00.000001Z");
        Message second = message("a", "2026-01-01T11:00:00.000002+01:00");

        assertThat(first.wasSentBefore(second)).isTrue();
        assertThat(second.wasSentBefore(first)).isFalse();
        assertThat(first.wasSentBefore(first)).isFalse();
    }

    @Test
    void clocks_of_two_clients_and_missing_dates_say_nothing() {
        Message first = message("a", "2026-01-01T10:00:00Z");

        assertThat(first.wasSentBefore(message("b", "2026-01-02T10:00:00Z"))).isFalse();
        assertThat(first.wasSentBefore(message("a", "tomorrow"))).isFalse();
        assertThat(message("", "2026-01-01T10:00:00Z").wasSentBefore(message("", "2026-01-02T10:00:00Z")))
                .isFalse();
    }

    private static Message message(String session, String date) {
        ObjectNode header = Json.object().put("session", session).put("date", date);
        return new Message(List.of(), header, Json.object(), Json.object(), Json.object(), List.of());
    }
}
