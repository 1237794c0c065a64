package io.dagshell.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.model.RunId;
import io.dagshell.server.access.Admission;
import io.dagshell.server.api.ChangeFeed.StateChange;
import io.dagshell.store.Micros;
import io.dagshell.store.orchestration.RunMark;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.ServiceUnavailableResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/events} and {@code /api/runs/ID/events}: server-sent events that say what to read again. They tell states,
 * not steps, so that a lost connection loses nothing: the id of the last event says what its reader knows, to any
 * server on the database.
 */
final class EventsApi {
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** The last lines of a process come after its end. */
    private static final Duration LAST_WORDS = Duration.ofMillis(1_500);

    private final ChangeFeed feed;
    private final Clock clock;

    EventsApi(ChangeFeed feed, Clock clock) {
        this.feed = feed;
        this.clock = clock;
    }

    /** Writes events until its reader is gone. */
    private interface Stream {
        void write(OutputStream out) throws IOException, InterruptedException;
    }

    void ofAll(Context request) throws InterruptedException {
        Instant since = lastId(request)
                .filter(id -> id.matches("\\d{1,17}"))
                .map(id -> Micros.instant(Long.parseLong(id)))
                .orElseGet(clock::instant);
        answer(request, out -> {
            Mailbox<StateChange> box = feed.watchAll(since);
            try {
                while (!box.isClosed() && Admission.lasts(request)) {
                    for (StateChange change : box.take(HEARTBEAT)) {
                        ObjectNode data =
                                ApiJson.object().put("run", change.run().toString());
                        data.put("state", change.state().word());
                        write(out, String.valueOf(Micros.of(change.at())), data);
                    }
                    beat(out);
                }
            } finally {
                feed.unwatchAll(box);
            }
        });
    }

    void ofRun(Context request) throws InterruptedException {
        RunId run = RunsApi.id(request);
        RunMark now = feed.mark(run).orElseThrow(() -> new NotFoundResponse("There is no run " + run + "."));
        Optional<RunMark> known = lastId(request).flatMap(word -> RunMark.parse(run, word));
        if (now.state().isTerminal() && known.filter(now::equals).isPresent()) {
            // To a browser this says: do not come again.
            request.status(204);
            return;
        }
        answer(request, out -> {
            Mailbox<RunMark> box = feed.watch(run);
            try {
                follow(request, out, box, known.orElse(null), now);
            } finally {
                feed.unwatch(run, box);
            }
        });
    }

    private static void follow(
            Context request, OutputStream out, Mailbox<RunMark> box, @Nullable RunMark known, RunMark now)
            throws IOException, InterruptedException {
        RunMark last = now;
        if (!now.equals(known)) {
            write(out, now.word(), change(known, now, false));
        }
        while (!box.isClosed() && Admission.lasts(request)) {
            boolean over = last.state().isTerminal();
            List<RunMark> news = box.take(over ? LAST_WORDS : HEARTBEAT);
            for (RunMark mark : news) {
                if (!mark.equals(last)) {
                    write(out, mark.word(), change(last, mark, false));
                    last = mark;
                }
            }
            if (over && news.isEmpty()) {
                write(out, last.word(), change(last, last, true));
                return;
            }
            beat(out);
        }
    }

    private static ObjectNode change(@Nullable RunMark before, RunMark after, boolean over) {
        ObjectNode data = ApiJson.object().put("run", after.run().toString());
        data.put("state", after.state().word())
                .put("lastLog", after.lastLog())
                .put("ended", after.state().isTerminal())
                .put("over", over);
        ArrayNode changed = data.putArray("changed");
        if (before == null || before.state() != after.state()) {
            changed.add("state");
        }
        if (before == null || !Objects.equals(before.tasks(), after.tasks())) {
            changed.add("tasks");
        }
        if (before == null || before.lastLog() != after.lastLog()) {
            changed.add("logs");
        }
        if (before == null || !Objects.equals(before.artifacts(), after.artifacts())) {
            changed.add("artifacts");
        }
        return data;
    }

    private static Optional<String> lastId(Context request) {
        return Optional.ofNullable(request.header("Last-Event-ID"));
    }

    /** A reader that does not read is given up by the connection's own time limit. */
    private void answer(Context request, Stream stream) throws InterruptedException {
        if (!feed.enter()) {
            request.header("Retry-After", "10");
            throw new ServiceUnavailableResponse("As many watch this server as may; ask again later.");
        }
        try {
            request.res().setContentType("text/event-stream;charset=utf-8");
            OutputStream out = request.res().getOutputStream();
            out.write("retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            stream.write(out);
        } catch (IOException gone) {
            // Readers leave without a word.
        } finally {
            feed.leave();
        }
    }

    private static void write(OutputStream out, String id, ObjectNode data) throws IOException {
        out.write(("id: " + id + "\nevent: change\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void beat(OutputStream out) throws IOException {
        out.write(": still here\n\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
