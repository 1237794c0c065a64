package io.dagshell.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.kernel.channel.Exchange;
import io.dagshell.kernel.protocol.Json;
import io.dagshell.kernel.protocol.Request.Execute;
import io.dagshell.kernel.session.CellError;
import io.dagshell.kernel.session.CellInput;
import io.dagshell.kernel.session.CellInterrupt;
import io.dagshell.kernel.session.CellOutput;
import io.dagshell.kernel.session.CellRequest;
import io.dagshell.kernel.session.CellResult;
import io.dagshell.kernel.session.Evaluated;
import io.dagshell.kernel.session.JavaSession;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Runs the cells of execute requests. Used by the threads of all shells: the count is guarded by itself. */
final class Cells {

    private final SessionSlot slot;
    private final StandardInput input;
    private final History history;
    private final String notebook;
    private final ScheduledExecutorService timer = new ScheduledThreadPoolExecutor(1, Cells::timerThread);
    /** Number of the next cell that is kept. */
    private int next = 1;

    Cells(SessionSlot slot, StandardInput input, History history, String notebook) {
        this.slot = slot;
        this.input = input;
        this.history = history;
        this.notebook = notebook;
    }

    private static Thread timerThread(Runnable work) {
        Thread thread = new Thread(work, "output");
        thread.setDaemon(true);
        return thread;
    }

    /** A cell's reply, not sent yet. */
    record Reply(ObjectNode content, ObjectNode metadata) {
        boolean isOk() {
            return content.path("status").asText().equals("ok");
        }

        void send(Exchange exchange) {
            exchange.reply(content, metadata);
        }
    }

    /** Runs one. */
    Reply execute(Exchange exchange, Execute request, CellInterrupt interrupt) {
        String started = Instant.now().toString();
        int number = number(request.storeHistory());
        if (!request.silent()) {
            exchange.publish(
                    "execute_input", Json.object().put("code", request.code()).put("execution_count", number));
        }
        ObjectNode content = run(exchange, request, number, interrupt);
        content.put("execution_count", request.storeHistory() ? number : number - 1);
        String status = content.path("status").asText();
        return new Reply(content, Json.object().put("started", started).put("status", status));
    }

    private synchronized int number(boolean kept) {
        int number = next;
        next += kept ? 1 : 0;
        return number;
    }

    private synchronized int latest() {
        return next - 1;
    }

    /** For a cell that was given up. */
    Reply aborted() {
        return new Reply(
                Json.object().put("status", "aborted").put("execution_count", latest()),
                Json.object().put("status", "aborted"));
    }

    private ObjectNode run(Exchange exchange, Execute request, int number, CellInterrupt interrupt) {
        PublishedOutput published = new PublishedOutput(exchange, number, timer);
        CellOutput output = request.silent() ? new SilentOutput() : published;
        CellInput typed = request.allowStdin() ? input.of(exchange, published::flush) : CellInput.NONE;
        CellRequest cell = new CellRequest(notebook + "[" + number + "]", number, request.code());
        try {
            JavaSession session = slot.await();
            CellResult result = session.execute(cell, output, typed, interrupt);
            if (result instanceof CellResult.Done) {
                ObjectNode content = done(session, cell, request, output, interrupt);
                content.putArray("payload").addAll(published.payloads());
                return content;
            }
            return failed(result);
        } catch (ExecutionException noSession) {
            return failed(output, noSession);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return failed(output, ending);
        } catch (RuntimeException | Error defect) {
            System.getLogger(Cells.class.getName()).log(Level.ERROR, "a cell ended by a defect of the kernel", defect);
            return failed(output, defect);
        } finally {
            published.flush();
            if (request.storeHistory()) {
                history.add(number, request.code(), published.resultText());
            }
        }
    }

    private static ObjectNode done(
            JavaSession session, CellRequest cell, Execute request, CellOutput output, CellInterrupt interrupt) {
        ObjectNode content = KernelFacts.ok();
        ObjectNode values = content.putObject("user_expressions");
        if (!request.expressions().isEmpty()) {
            session.evaluate(cell, request.expressions(), output, interrupt)
                    .forEach((name, value) -> values.set(name, evaluated(value)));
        }
        return content;
    }

    private static ObjectNode evaluated(Evaluated evaluated) {
        if (evaluated instanceof Evaluated.Value value) {
            ObjectNode content = KernelFacts.ok();
            content.set("data", Bundles.data(value.bundle()));
            content.putObject("metadata");
            return content;
        }
        return ErrorContent.withStatus(ErrorContent.of(((Evaluated.Failure) evaluated).error()));
    }

    private static ObjectNode failed(CellResult result) {
        CellError error = result instanceof CellResult.Interrupted interrupted
                ? interrupted.error()
                : ((CellResult.Failed) result).error();
        return failed(ErrorContent.of(error));
    }

    private static ObjectNode failed(CellOutput output, Throwable failure) {
        CellError error = ErrorContent.asCellError(failure);
        output.error(error);
        return failed(ErrorContent.of(error));
    }

    private static ObjectNode failed(ObjectNode content) {
        ErrorContent.withStatus(content);
        content.putArray("payload");
        content.putObject("user_expressions");
        return content;
    }
}
