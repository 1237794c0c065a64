package io.dagshell.server.agent;

import io.dagshell.engine.model.RunId;
import io.dagshell.server.client.ServerAwayException;
import io.dagshell.server.client.ServerRefusal;
import java.io.IOException;
import java.util.Optional;

/**
 * What is said to the server of one run: again and again while the server is away, until it is said, the agent leaves or
 * the run is another's. Told on the run's own thread; the others set the volatile fields.
 */
final class RunTelling {
    private static final int FIRST_PAUSE_MILLIS = 200;
    private static final int LONGEST_PAUSE_MILLIS = 5_000;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    /** Something to be told. */
    interface Telling {
        void tell() throws IOException, InterruptedException;
    }

    /** Something to be got. */
    interface Getting<T> {
        T get() throws IOException;
    }

    private final RunId run;

    /** The agent goes and leaves the process to the next one. */
    private volatile boolean leaving;

    private volatile boolean lost;

    RunTelling(RunId run) {
        this.run = run;
    }

    void leave() {
        leaving = true;
    }

    /** The run is another's now. */
    void lose() {
        lost = true;
    }

    boolean isLeaving() {
        return leaving;
    }

    boolean isLost() {
        return lost;
    }

    boolean goesOn() {
        return !leaving && !lost;
    }

    /**
     * Returns when it is said, refused or not wanted any more. A token that is not taken is no refusal of what is told: the
     * next agent may have another.
     *
     * @return why the server does not take it; empty if it does
     */
    Optional<String> tell(Telling telling) throws InterruptedException {
        int pause = FIRST_PAUSE_MILLIS;
        String told = "";
        while (goesOn()) {
            try {
                telling.tell();
                return Optional.empty();
            } catch (ServerRefusal refused) {
                String why = String.valueOf(refused.getMessage());
                if (!why.equals(told)) {
                    told = why;
                    System.getLogger(RunTelling.class.getName())
                            .log(System.Logger.Level.WARNING, "run " + run + ": " + why);
                }
                if (refused.status() != UNAUTHORIZED && refused.status() != FORBIDDEN) {
                    lost = refused.status() == NOT_FOUND;
                    return Optional.of(why);
                }
                pause = pause(pause);
            } catch (IOException away) {
                pause = pause(pause);
            }
        }
        return Optional.empty();
    }

    /**
     * What is got, as soon as the server is there; empty if it is not wanted any more.
     *
     * @throws IOException it cannot be had, whether the server is there or not
     */
    <T> Optional<T> get(Getting<T> getting) throws IOException, InterruptedException {
        int pause = FIRST_PAUSE_MILLIS;
        while (goesOn()) {
            try {
                return Optional.of(getting.get());
            } catch (ServerAwayException away) {
                pause = pause(pause);
            }
        }
        return Optional.empty();
    }

    /** Answers how long the next one is. */
    private static int pause(int millis) throws InterruptedException {
        Thread.sleep(millis);
        return Math.min(millis * 2, LONGEST_PAUSE_MILLIS);
    }
}
