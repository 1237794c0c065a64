package io.dagshell.installer.command;

import io.dagshell.engine.cache.CacheReport;
import io.dagshell.engine.cache.FileResultCache;
import io.dagshell.engine.home.Home;
import io.dagshell.engine.value.StandardCodecs;
import io.dagshell.installer.ExitCode;
import io.dagshell.store.KeyWords;
import io.dagshell.store.RunStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code dagshell cache}: what is kept, why, and for how long. */
@Command(
        name = "cache",
        description = "Cached results of this machine.",
        mixinStandardHelpOptions = true,
        subcommands = {
            CacheCommand.Ls.class,
            CacheCommand.Why.class,
            CacheCommand.Rm.class,
            CacheCommand.Gc.class,
            CacheCommand.Verify.class
        })
final class CacheCommand extends Group {

    /** A question to the cache of this machine. */
    private abstract static class Question extends Leaf {
        abstract String answer(CacheReport report) throws IOException;

        @Override
        final int run(PrintWriter out) throws IOException {
            Clock clock = Clock.systemUTC();
            FileResultCache cache = FileResultCache.open(Home.ofEnvironment().results(), StandardCodecs.with(), clock);
            try (RunStore runs = RunStore.open(Home.ofEnvironment().database())) {
                out.println(answer(new CacheReport(cache, clock, new KeyWords(runs)::why)));
            }
            return ExitCode.DONE.number();
        }
    }

    /** {@code cache ls}. */
    @Command(name = "ls", description = "Lists the results that are kept.", mixinStandardHelpOptions = true)
    static final class Ls extends Question {
        @Override
        String answer(CacheReport report) throws IOException {
            return report.list();
        }
    }

    /** {@code cache why}. */
    @Command(
            name = "why",
            description = "Says why the last call of a task hit or missed.",
            mixinStandardHelpOptions = true)
    static final class Why extends Question {
        @Parameters(paramLabel = "[NOTEBOOK:]TASK", description = "A task, in one notebook or in any.")
        private String task = "";

        @Override
        String answer(CacheReport report) throws IOException {
            return report.why(task, Optional.empty());
        }
    }

    /** {@code cache rm}. */
    @Command(name = "rm", description = "Removes results.", mixinStandardHelpOptions = true)
    static final class Rm extends Question {
        @Parameters(
                paramLabel = "[NOTEBOOK:]TASK|KEY",
                description = "All results of a task, or the one whose key begins so.")
        private String what = "";

        @Override
        String answer(CacheReport report) throws IOException {
            return report.remove(what, Optional.empty());
        }
    }

    /** {@code cache gc}. */
    @Command(
            name = "gc",
            description = "Removes what is past the size limit and what nothing refers to.",
            mixinStandardHelpOptions = true)
    static final class Gc extends Question {
        @Override
        String answer(CacheReport report) throws IOException {
            return report.tidy();
        }
    }

    /** {@code cache verify}. */
    @Command(
            name = "verify",
            description = "Reads all that is kept and moves aside what is damaged.",
            mixinStandardHelpOptions = true)
    static final class Verify extends Question {
        @Override
        String answer(CacheReport report) throws IOException {
            return report.verify();
        }
    }
}
