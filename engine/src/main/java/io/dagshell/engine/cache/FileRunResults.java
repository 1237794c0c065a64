package io.dagshell.engine.cache;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.value.Codecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Results of runs, a folder each: a log of finished calls and the blobs it names. A run that completed leaves nothing; of
 * the others a folder goes a week after its last line. See {@code docs/decisions/resuming.md}.
 *
 * <pre>{@code
 * RunResults results = FileRunResults.open(home.results().resolve("runs"), codecs, CacheSettings.defaults());
 * }</pre>
 */
public final class FileRunResults implements RunResults {
    static final Duration RETENTION = Duration.ofDays(7);
    /** Of a run that asks a person, who may be on holiday. */
    static final Duration RETENTION_WAITING = Duration.ofDays(90);

    static final String LOG = "finished";

    /** Name of a file in the folder of a run that waits for an answer. */
    static final String WAITS = "waits";

    private final Path folder;
    private final CallKeys keys;
    private final Consumer<String> report;
    private final AtomicBoolean tidied = new AtomicBoolean();

    private FileRunResults(Path folder, CallKeys keys, Consumer<String> report) {
        this.folder = folder;
        this.keys = keys;
        this.report = report;
    }

    /** Results below {@code folder}, which need not exist. */
    public static FileRunResults open(Path folder, Codecs codecs, CacheSettings settings) {
        return new FileRunResults(folder, new CallKeys(codecs, settings), settings.report());
    }

    @Override
    public Kept begin(RunId run, Optional<RunId> resumes) {
        if (tidied.compareAndSet(false, true)) {
            tidy();
        }
        EarlierCalls earlier = new EarlierCalls(this::folderOf);
        RunFolder own = folderOf(run);
        try {
            Files.deleteIfExists(own.path().resolve(WAITS));
        } catch (IOException stays) {
            report.accept("results of run " + run + " may be kept for longer: " + Words.of(stays));
        }
        resumes.ifPresent(before -> {
            try {
                earlier.load(before);
                if (!before.equals(run)) {
                    own.log().append(FinishedLog.line().put("resumes", before.toString()));
                }
            } catch (IOException failed) {
                report.accept("what run " + before + " finished cannot be read: " + Words.of(failed));
            }
        });
        return new FinishedTasks(own, earlier, keys, report);
    }

    private RunFolder folderOf(RunId run) {
        Path place = folder.resolve(run.toString());
        FileBlobs blobs = new FileBlobs(place, AtomicFiles.unforced(place.resolve("tmp")), new FileDigests());
        return new RunFolder(run, place, new FinishedLog(place.resolve(LOG)), blobs);
    }

    private void tidy() {
        // Not the clock's time: the file system dates files by its own.
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        try (Stream<Path> runs = Files.list(folder)) {
            for (Path each : (Iterable<Path>) runs::iterator) {
                Duration kept = Files.exists(each.resolve(WAITS)) ? RETENTION_WAITING : RETENTION;
                if (lastLine(each).isBefore(now.minus(kept))) {
                    RunFolder.delete(each);
                }
            }
        } catch (NoSuchFileException nothingKept) {
            return;
        } catch (IOException failed) {
            report.accept("old results of runs cannot be removed: " + Words.of(failed));
        }
    }

    private static Instant lastLine(Path run) throws IOException {
        for (Path each : List.of(run.resolve(LOG), run)) {
            if (Files.exists(each)) {
                return Files.getLastModifiedTime(each).toInstant();
            }
        }
        return Instant.MAX;
    }
}
