package io.dagshell.kernel;

import io.dagshell.kernel.channel.Exchange;
import io.dagshell.kernel.protocol.Json;
import io.dagshell.kernel.protocol.Message;
import io.dagshell.kernel.session.CellInput;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;

/** Asks the client of a cell for a line, one question at a time. Thread-safe. */
final class StandardInput {
    private final BlockingQueue<Message> replies = new LinkedBlockingQueue<>();
    private final ReentrantLock asking = new ReentrantLock();

    void received(Message message) {
        if (message.type().equals("input_reply")) {
            replies.add(message);
        }
    }

    /** Where a cell's {@code System.in} comes from; what it printed is sent before it asks. */
    CellInput of(Exchange exchange, Runnable flush) {
        return (prompt, secret) -> {
            asking.lockInterruptibly();
            try {
                flush.run();
                return ask(exchange, prompt, secret);
            } finally {
                asking.unlock();
            }
        };
    }

    private String ask(Exchange exchange, String prompt, boolean secret) throws InterruptedException {
        // an answer that came after its question was interrupted
        replies.clear();
        exchange.ask(Json.object().put("prompt", prompt).put("password", secret));
        while (true) {
            Message reply = replies.take();
            if (sameSender(reply.identities(), exchange.request().identities())) {
                return reply.content().path("value").asText("");
            }
        }
    }

    private static boolean sameSender(List<byte[]> one, List<byte[]> other) {
        return Arrays.deepEquals(one.toArray(), other.toArray());
    }
}
