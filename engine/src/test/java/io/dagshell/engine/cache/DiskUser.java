package io.dagshell.engine.cache;

import io.dagshell.engine.value.StandardCodecs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** A process that uses a cache and tells what it gets: {@code FOLDER TASK:BYTES…}. */
final class DiskUser {
    private DiskUser() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        FileResultCache cache = FileResultCache.open(
                folder,
                StandardCodecs.with(),
                Clock.systemUTC(),
                CacheSettings.defaults().withEnvironment(() -> SharedWork.ENVIRONMENT));
        for (String wish : List.of(arguments).subList(1, arguments.length)) {
            String[] parts = wish.split(":");
            System.out.println(told(cache, parts[0], Integer.parseInt(parts[1])));
        }
        System.out.println(FileListing.below(folder.resolve("tmp"), 10).size() + " drafts");
    }

    private static String told(FileResultCache cache, String task, int bytes) {
        ResultCache.Answer answer = Asking.task(task).returning(byte[].class).in(cache);
        if (answer instanceof ResultCache.Answer.Hit hit) {
            return "hit, " + ((byte[]) java.util.Objects.requireNonNull(hit.value())).length;
        }
        if (answer instanceof ResultCache.Answer.NotCached not) {
            return "not cached: " + not.reason();
        }
        try (ResultCache.Ticket ticket = ((ResultCache.Answer.Compute) answer).ticket()) {
            return ticket.store(new byte[bytes], Duration.ZERO, List.of()).orElse("stored");
        }
    }
}
