package io.dagshell.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.kernel.channel.Exchange;
import io.dagshell.kernel.protocol.Json;
import io.dagshell.kernel.session.CellError;
import io.dagshell.kernel.session.CellOutput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;

/** The output of a cell, published under its request, also what its threads say after it ended. Thread-safe. */
final class PublishedOutput implements CellOutput {
    private final Exchange exchange;
    private final int count;
    private final StreamBatch streams;
    private final List<ObjectNode> payloads = new CopyOnWriteArrayList<>();
    private volatile Optional<String> resultText = Optional.empty();

    PublishedOutput(Exchange exchange, int count, ScheduledExecutorService timer) {
        this.exchange = exchange;
        this.count = count;
        this.streams = new StreamBatch(exchange, timer);
    }

    @Override
    public void stdout(String text) {
        streams.add("stdout", text);
    }

    @Override
    public void stderr(String text) {
        streams.add("stderr", text);
    }

    @Override
    public void display(Map<String, String> bundle, Optional<String> displayId) {
        ObjectNode content = displayed(bundle);
        displayId.ifPresent(id -> content.withObject("transient").put("display_id", id));
        publish("display_data", content);
    }

    @Override
    public void update(Map<String, String> bundle, String displayId) {
        ObjectNode content = displayed(bundle);
        content.withObject("transient").put("display_id", displayId);
        publish("update_display_data", content);
    }

    private static ObjectNode displayed(Map<String, String> bundle) {
        ObjectNode content = Json.object();
        content.set("data", Bundles.data(bundle));
        content.putObject("metadata");
        content.putObject("transient");
        return content;
    }

    @Override
    public void result(Map<String, String> bundle) {
        resultText = Optional.ofNullable(bundle.get("text/plain"));
        ObjectNode content = Json.object().put("execution_count", count);
        content.set("data", Bundles.data(bundle));
        content.putObject("metadata");
        publish("execute_result", content);
    }

    @Override
    public void clear(boolean wait) {
        publish("clear_output", Json.object().put("wait", wait));
    }

    @Override
    public void error(CellError error) {
        publish("error", ErrorContent.of(error));
    }

    @Override
    public void page(Map<String, String> bundle) {
        ObjectNode payload = Json.object().put("source", "page").put("start", 0);
        payload.set("data", Bundles.data(bundle));
        payloads.add(payload);
    }

    @Override
    public void nextInput(String text, boolean replace) {
        payloads.add(
                Json.object().put("source", "set_next_input").put("text", text).put("replace", replace));
    }

    private void publish(String type, ObjectNode content) {
        streams.flush();
        exchange.publish(type, content);
    }

    void flush() {
        streams.flush();
    }

    /** What the reply carries for the front end to do. */
    List<ObjectNode> payloads() {
        return payloads;
    }

    /** The value of the cell as text, for the history. */
    Optional<String> resultText() {
        return resultText;
    }
}
