package io.dagshell.server.alert;

import io.dagshell.server.watch.Lookout;
import java.time.Clock;
import java.time.Duration;

/**
 * Looks every second what there is to tell, and sends it on a thread of its own, so that a mail server that does not
 * answer holds up no look. What happened up to a day before the server started is told too.
 */
public final class AlertWatch implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int THREADS = 2;

    private final Alerting alerting;
    private final Clock clock;
    private final Lookout lookout;

    public AlertWatch(Alerting alerting, Clock clock) {
        this.alerting = alerting;
        this.clock = clock;
        this.lookout = new Lookout("dagshell-alerts", "alerts could not be looked after", THREADS, clock);
    }

    /** Begins. */
    public void start() {
        lookout.since(EVERY, alerting::look);
        lookout.again(EVERY, () -> alerting.deliver(clock.instant()));
    }

    @Override
    public void close() {
        lookout.close();
    }
}
