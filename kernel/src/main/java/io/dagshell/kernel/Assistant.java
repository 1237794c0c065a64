package io.dagshell.kernel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.kernel.channel.Exchange;
import io.dagshell.kernel.protocol.CodePoints;
import io.dagshell.kernel.protocol.Json;
import io.dagshell.kernel.protocol.Request;
import io.dagshell.kernel.session.Completeness;
import io.dagshell.kernel.session.Completions;
import io.dagshell.kernel.session.JavaSession;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** Answers what people ask while they write, on a thread of its own so that no cell keeps them waiting. */
final class Assistant {

    private final SessionSlot slot;
    private final Activity activity;
    private final History history;
    private final Worker worker = new Worker("assistant");

    Assistant(SessionSlot slot, Activity activity, History history) {
        this.slot = slot;
        this.activity = activity;
        this.history = history;
    }

    void add(Exchange exchange, Request.Beside request) {
        worker.add(() -> activity.aside(exchange, () -> exchange.reply(answer(request))));
    }

    private ObjectNode answer(Request.Beside request) {
        try {
            if (request instanceof Request.History asked) {
                return history.answer(asked);
            }
            return answer(request, slot.await());
        } catch (ExecutionException noSession) {
            return ErrorContent.reply(noSession);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return ErrorContent.reply(ending);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError failed) {
            System.getLogger(Assistant.class.getName()).log(Level.WARNING, "no answer to " + request, failed);
            return ErrorContent.reply(failed);
        }
    }

    private static ObjectNode answer(Request.Beside request, JavaSession session) {
        if (request instanceof Request.Complete complete) {
            return complete(complete, session);
        }
        if (request instanceof Request.Inspect inspect) {
            return inspect(inspect, session);
        }
        if (request instanceof Request.IsComplete asked) {
            return completeness(session.completeness(asked.code()));
        }
        throw new IllegalStateException("not for the session: " + request);
    }

    private static ObjectNode complete(Request.Complete request, JavaSession session) {
        String code = request.code();
        Completions found = session.complete(code, CodePoints.toUnits(code, request.cursor()));
        int start = CodePoints.ofUnits(code, found.start());
        int end = CodePoints.ofUnits(code, found.end());
        ObjectNode content = KernelFacts.ok().put("cursor_start", start).put("cursor_end", end);
        ArrayNode matches = content.putArray("matches");
        ArrayNode types = content.putObject("metadata").putArray("_jupyter_types_experimental");
        for (Completions.Item item : found.items()) {
            matches.add(item.text());
            types.addObject()
                    .put("start", start)
                    .put("end", end)
                    .put("text", item.text())
                    .put("type", item.type())
                    .put("signature", item.signature());
        }
        return content;
    }

    private static ObjectNode inspect(Request.Inspect request, JavaSession session) {
        int cursor = CodePoints.toUnits(request.code(), request.cursor());
        Optional<Map<String, String>> found = session.inspect(request.code(), cursor, request.detailed());
        ObjectNode content = KernelFacts.ok().put("found", found.isPresent());
        content.set("data", found.map(Bundles::data).orElseGet(Json::object));
        content.putObject("metadata");
        return content;
    }

    private static ObjectNode completeness(Completeness completeness) {
        ObjectNode content = Json.object();
        if (completeness instanceof Completeness.Incomplete incomplete) {
            return content.put("status", "incomplete").put("indent", incomplete.indent());
        }
        return content.put("status", completeness instanceof Completeness.Invalid ? "invalid" : "complete");
    }
}
