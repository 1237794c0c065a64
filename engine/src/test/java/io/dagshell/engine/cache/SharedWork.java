package io.dagshell.engine.cache;

import io.dagshell.engine.value.StandardCodecs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One call that several threads and processes want; as a process: {@code MODE FOLDER LOG}. */
final class SharedWork {
    static final Asking TASK = Asking.task("shared");

    /** Of all processes, whatever they were started with. */
    static final Environment ENVIRONMENT = new Environment(17, ZoneId.of("UTC"), Locale.ROOT, StandardCharsets.UTF_8);

    private SharedWork() {}

    interface Work {
        void run() throws IOException, InterruptedException;
    }

    static @Nullable Object valueOf(ResultCache cache, Work work) throws IOException, InterruptedException {
        ResultCache.Answer answer = TASK.in(cache);
        if (answer instanceof ResultCache.Answer.Hit hit) {
            return hit.value();
        }
        try (ResultCache.Ticket ticket = ((ResultCache.Answer.Compute) answer).ticket()) {
            work.run();
            Thread.sleep(50);
            ticket.store("value", Duration.ZERO, List.of());
            return "value";
        }
    }

    static FileResultCache open(Path folder) {
        return FileResultCache.open(
                folder,
                StandardCodecs.with(),
                Clock.systemUTC(),
                CacheSettings.defaults().withEnvironment(() -> ENVIRONMENT));
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        FileResultCache cache = open(Path.of(arguments[1]));
        System.out.println("ready");
        if (System.in.read() < 0) {
            throw new IOException("nobody there");
        }
        Work work = arguments[0].equals("hang") ? SharedWork::hang : () -> append(Path.of(arguments[2]));
        System.out.println(valueOf(cache, work));
    }

    private static void hang() throws IOException {
        System.out.println("computing");
        while (System.in.read() >= 0) {
            continue;
        }
    }

    private static void append(Path log) throws IOException {
        Files.writeString(log, "computed\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
