package io.dagshell.kernel;

import io.dagshell.kernel.channel.Exchange;
import io.dagshell.kernel.protocol.Json;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What a cell prints, gathered into few messages: sent at 64 KB, or 50 ms after its first character, or when something
 * else is about to be sent. Nothing is dropped. Guarded by itself.
 */
final class StreamBatch {
    private static final int LIMIT = 64 * 1024;
    private static final long DELAY_MILLIS = 50;

    private final Exchange exchange;
    private final ScheduledExecutorService timer;
    private final StringBuilder text = new StringBuilder();
    private String name = "stdout";
    private boolean scheduled;

    StreamBatch(Exchange exchange, ScheduledExecutorService timer) {
        this.exchange = exchange;
        this.timer = timer;
    }

    synchronized void add(String stream, String printed) {
        if (!stream.equals(name)) {
            flush();
            name = stream;
        }
        text.append(printed);
        if (text.length() >= LIMIT) {
            flush();
        } else if (!scheduled) {
            scheduled = true;
            timer.schedule(this::due, DELAY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void due() {
        scheduled = false;
        flush();
    }

    /** Sends what was gathered. */
    synchronized void flush() {
        if (text.length() > 0) {
            exchange.publish("stream", Json.object().put("name", name).put("text", text.toString()));
            text.setLength(0);
        }
    }
}
