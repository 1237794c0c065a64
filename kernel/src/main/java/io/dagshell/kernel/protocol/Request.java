package io.dagshell.kernel.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What clients ask, with the protocol's defaults for what they left out. */
public sealed interface Request {

    /** Answered in turn, when the cells before it are done. */
    sealed interface InTurn extends Request {}

    /** Answered from the session, also while a cell runs. */
    sealed interface Beside extends Request {}

    /** Acts on the kernel itself. */
    sealed interface Control extends Request {}

    /** Answered at once, from what is known. */
    sealed interface Fact extends Request {}

    record KernelInfo() implements Fact {}

    record Connect() implements Fact {}

    record Interrupt() implements Control {}

    record Shutdown(boolean restart) implements Control {}

    record Usage() implements Control {}

    record CreateSubshell() implements Control {}

    record DeleteSubshell(String id) implements Control {}

    record ListSubshells() implements Control {}

    /**
     * A cell to run.
     *
     * @param expressions by name, evaluated after it
     */
    record Execute(
            String code,
            boolean silent,
            boolean storeHistory,
            Map<String, String> expressions,
            boolean allowStdin,
            boolean stopOnError)
            implements InTurn {
        public Execute {
            expressions = Collections.unmodifiableMap(new LinkedHashMap<>(expressions));
            storeHistory = storeHistory && !silent;
        }
    }

    /** Cursor in code points. */
    record Complete(String code, int cursor) implements Beside {}

    /** Cursor in code points. */
    record Inspect(String code, int cursor, boolean detailed) implements Beside {}

    record IsComplete(String code) implements Beside {}

    /** A question about earlier cells. */
    record History(boolean output, Access access) implements Beside {}

    /** Which of them. */
    sealed interface Access {
        /** The last {@code count}. */
        record Tail(int count) implements Access {}

        /** Cells {@code from} to before {@code to} of a session; sessions before this one are counted down from 0. */
        record Range(int session, int from, OptionalInt to) implements Access {}

        /** The last {@code count} that match a pattern with * and ?. */
        record Search(String pattern, boolean unique, OptionalInt count) implements Access {}
    }

    record CommInfo(Optional<String> target) implements Fact {}

    record CommOpen(String id, String target, JsonNode data) implements InTurn {}

    record CommMessage(String id, JsonNode data) implements InTurn {}

    record CommClose(String id, JsonNode data) implements InTurn {}

    /** The request in a message. */
    static Request of(Message message) throws BadMessage {
        ObjectNode content = message.content();
        return switch (message.type()) {
            case "kernel_info_request" -> new KernelInfo();
            case "connect_request" -> new Connect();
            case "interrupt_request" -> new Interrupt();
            case "shutdown_request" -> new Shutdown(content.path("restart").asBoolean(false));
            case "usage_request" -> new Usage();
            case "create_subshell_request" -> new CreateSubshell();
            case "delete_subshell_request" -> new DeleteSubshell(text(content, "subshell_id"));
            case "list_subshell_request" -> new ListSubshells();
            case "execute_request" -> execute(content);
            case "complete_request" -> new Complete(text(content, "code"), cursor(content));
            case "inspect_request" ->
                new Inspect(
                        text(content, "code"),
                        cursor(content),
                        content.path("detail_level").asInt(0) > 0);
            case "is_complete_request" -> new IsComplete(text(content, "code"));
            case "history_request" -> history(content);
            case "comm_info_request" ->
                new CommInfo(Optional.ofNullable(content.path("target_name").textValue()));
            case "comm_open" ->
                new CommOpen(text(content, "comm_id"), text(content, "target_name"), content.path("data"));
            case "comm_msg" -> new CommMessage(text(content, "comm_id"), content.path("data"));
            case "comm_close" -> new CommClose(text(content, "comm_id"), content.path("data"));
            default -> throw new BadMessage("no request is called " + message.type());
        };
    }

    private static Execute execute(ObjectNode content) throws BadMessage {
        Map<String, String> expressions = new LinkedHashMap<>();
        content.path("user_expressions")
                .properties()
                .forEach(each -> expressions.put(each.getKey(), each.getValue().asText()));
        return new Execute(
                text(content, "code"),
                content.path("silent").asBoolean(false),
                content.path("store_history").asBoolean(true),
                expressions,
                content.path("allow_stdin").asBoolean(true),
                content.path("stop_on_error").asBoolean(true));
    }

    private static History history(ObjectNode content) throws BadMessage {
        String kind = content.path("hist_access_type").asText("tail");
        Access access = switch (kind) {
            case "tail" -> new Access.Tail(content.path("n").asInt(10));
            case "range" ->
                new Access.Range(
                        content.path("session").asInt(0), content.path("start").asInt(0), number(content, "stop"));
            case "search" ->
                new Access.Search(
                        content.path("pattern").asText("*"),
                        content.path("unique").asBoolean(false),
                        number(content, "n"));
            default -> throw new BadMessage("no history is accessed by " + kind);
        };
        return new History(content.path("output").asBoolean(false), access);
    }

    private static OptionalInt number(ObjectNode content, String field) {
        JsonNode value = content.path(field);
        return value.isNumber() ? OptionalInt.of(value.asInt()) : OptionalInt.empty();
    }

    /** Without a position the cursor is at the end. */
    private static int cursor(ObjectNode content) {
        return content.path("cursor_pos").asInt(Integer.MAX_VALUE);
    }

    private static String text(ObjectNode content, String field) throws BadMessage {
        JsonNode value = content.path(field);
        if (!value.isTextual()) {
            throw new BadMessage("the request has no " + field);
        }
        return value.textValue();
    }
}
