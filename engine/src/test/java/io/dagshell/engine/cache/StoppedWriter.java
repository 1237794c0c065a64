package io.dagshell.engine.cache;

import io.dagshell.engine.value.StandardCodecs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A process that stores one value and stands still after a step of it, to be killed there: {@code FOLDER STEP}. */
final class StoppedWriter {
    static final Asking TASK = Asking.task("stopped").returning(String.class);

    /** Long enough to be a blob. */
    static final String VALUE = "value ".repeat(5_000);

    private StoppedWriter() {}

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        int last = Integer.parseInt(arguments[1]);
        AtomicInteger steps = new AtomicInteger();
        AtomicFiles atomic = AtomicFiles.observed(folder.resolve("tmp"), step -> {
            if (steps.incrementAndGet() == last) {
                System.out.println(step);
                standStill();
            }
        });
        CacheSettings settings = CacheSettings.defaults().withEnvironment(() -> SharedWork.ENVIRONMENT);
        FileResultCache cache =
                FileResultCache.open(folder, StandardCodecs.with(), Clock.systemUTC(), settings, atomic);
        ResultCache.Answer answer = TASK.in(cache);
        if (answer instanceof ResultCache.Answer.Compute compute) {
            compute.ticket().store(VALUE, Duration.ZERO, List.of());
        }
        System.out.println("stored");
        standStill();
    }

    private static void standStill() {
        try {
            while (System.in.read() >= 0) {
                continue;
            }
        } catch (IOException closed) {
            throw new IllegalStateException(closed);
        }
    }
}
