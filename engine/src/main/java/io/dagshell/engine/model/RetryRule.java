package io.dagshell.engine.model;

import java.time.Duration;
import java.util.List;

/**
 * When a failed attempt is followed by another.
 *
 * @param retries attempts after the first
 * @param delay wait between attempts
 * @param jitter by how much of itself a wait is made longer or shorter at random, from 0 to 1
 * @param on names of exception classes, simple or qualified: only these, their subclasses, and exceptions caused by them
 *     are tried again; empty for every failure that trying again may mend
 */
public record RetryRule(int retries, Delay delay, double jitter, List<String> on) {
    public RetryRule {
        if (retries < 0) {
            throw new IllegalArgumentException("retries must be 0 or more, not " + retries);
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter must be from 0 to 1, not " + jitter);
        }
        on = List.copyOf(on);
    }

    /** One attempt. */
    public static RetryRule none() {
        return of(0, Duration.ZERO);
    }

    /** The same wait each time. */
    public static RetryRule of(int retries, Duration delay) {
        return new RetryRule(retries, new Delay.Listed(List.of(delay)), 0, List.of());
    }

    public RetryRule withDelay(Delay other) {
        return new RetryRule(retries, other, jitter, on);
    }

    public RetryRule withJitter(double other) {
        return new RetryRule(retries, delay, other, on);
    }

    public RetryRule withOn(List<String> exceptions) {
        return new RetryRule(retries, delay, jitter, exceptions);
    }

    /**
     * The wait before a retry.
     *
     * @param retry from 1
     * @param random from 0 to 1, what chance says
     */
    public Duration waitBefore(int retry, double random) {
        Duration plain = delay.before(retry);
        double factor = 1 + jitter * (2 * random - 1);
        return jitter == 0 ? plain : Duration.ofNanos(Math.round(plain.toNanos() * factor));
    }

    /** Whether {@link #on} names the exception, one of its superclasses, or one of its causes. */
    public boolean names(Throwable failure) {
        int causes = 0;
        for (Throwable cause = failure; cause != null && causes++ < 20; cause = cause.getCause()) {
            if (isNamed(cause.getClass())) {
                return true;
            }
        }
        return false;
    }

    private boolean isNamed(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (on.contains(each.getSimpleName()) || on.contains(each.getName())) {
                return true;
            }
        }
        return false;
    }

    /** How long to wait. */
    public sealed interface Delay {
        /** Before that retry, from 1. */
        Duration before(int retry);

        /** Each in turn, then the last again and again. */
        record Listed(List<Duration> waits) implements Delay {
            public Listed {
                waits = List.copyOf(waits);
                if (waits.isEmpty()) {
                    throw new IllegalArgumentException("a list of waits has at least one");
                }
            }

            @Override
            public Duration before(int retry) {
                return waits.get(Math.min(retry, waits.size()) - 1);
            }
        }

        /** Twice as long each time, from {@code first} up to {@code most}. */
        record Doubling(Duration first, Duration most) implements Delay {
            public Doubling {
                if (first.isZero() || most.compareTo(first) < 0) {
                    throw new IllegalArgumentException("waits grow from more than nothing up to a longer one");
                }
            }

            @Override
            public Duration before(int retry) {
                Duration wait = first;
                for (int i = 1; i < retry && wait.compareTo(most) < 0; i++) {
                    wait = wait.multipliedBy(2);
                }
                return wait.compareTo(most) < 0 ? wait : most;
            }
        }
    }
}
