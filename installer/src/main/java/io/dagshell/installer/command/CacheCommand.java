package io.dagshell.installer.command;

import io.dagshell.engine.cache.FileResultCache;
import io.dagshell.engine.cache.StoredResult;
import io.dagshell.engine.event.TextLines;
import io.dagshell.engine.home.Home;
import io.dagshell.engine.value.StandardCodecs;
import io.dagshell.installer.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code dagshell cache ls}. */
@Command(
        name = "cache",
        description = "Cached results of this machine.",
        mixinStandardHelpOptions = true,
        subcommands = CacheCommand.Ls.class)
final class CacheCommand extends Group {

    /** {@code cache ls}. */
    @Command(name = "ls", description = "Lists the results that are kept.", mixinStandardHelpOptions = true)
    static final class Ls extends Leaf {
        @Override
        int run(PrintWriter out) throws IOException {
            FileResultCache cache =
                    FileResultCache.open(Home.ofEnvironment().results(), StandardCodecs.with(), Clock.systemUTC());
            List<StoredResult> results = cache.results();
            TextTable table = new TextTable("task", "notebook", "stored", "last hit", "took", "size", "key");
            for (StoredResult result : results) {
                table.row(
                        result.task(),
                        result.notebook(),
                        result.storedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                        result.lastHit().truncatedTo(ChronoUnit.SECONDS).toString(),
                        TextLines.seconds(result.took()),
                        String.format(java.util.Locale.ROOT, "%,d kB", (result.bytes() + 999) / 1000),
                        result.key().substring(0, Math.min(12, result.key().length())));
            }
            table.print(out);
            long bytes = results.stream().mapToLong(StoredResult::bytes).sum();
            out.println(results.size() + " results, " + String.format(java.util.Locale.ROOT, "%,d", bytes / 1_000_000)
                    + " MB in " + Home.ofEnvironment().results());
            return ExitCode.DONE.number();
        }
    }
}
