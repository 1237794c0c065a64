package io.dagshell.engine.cache;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.KeyPart;
import io.dagshell.engine.model.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The last line about each call in the logs of earlier runs, the run resumed and those that one resumed; lines
 * themselves stay on disk. Guarded by itself.
 */
final class EarlierCalls {
    private final Function<RunId, RunFolder> folders;
    private final Map<String, Line> lines = new HashMap<>();
    private final Map<String, List<KeyPart>> bases = new HashMap<>();
    private final Map<RunId, RunFolder> loaded = new HashMap<>();

    EarlierCalls(Function<RunId, RunFolder> folders) {
        this.folders = folders;
    }

    /** Where the last line about a call is. */
    record Line(RunFolder folder, FinishedLog.Place place, boolean finished) {}

    /** Takes in the log of a run; what it says counts more than what was loaded before. */
    synchronized void load(RunId run) throws IOException {
        load(folders.apply(run), new HashSet<>());
    }

    synchronized void load(RunFolder folder) throws IOException {
        load(folder, new HashSet<>());
    }

    private void load(RunFolder folder, Set<RunId> seen) throws IOException {
        if (!seen.add(folder.run())) {
            return;
        }
        loaded.put(folder.run(), folder);
        try {
            folder.log().forEach((line, place) -> take(folder, line, place, seen));
        } catch (UncheckedIOException failed) {
            throw new IOException(failed.getMessage(), failed);
        }
    }

    private void take(RunFolder folder, JsonNode line, FinishedLog.Place place, Set<RunId> seen) {
        if (line.has("resumes")) {
            try {
                load(folders.apply(RunId.parse(line.get("resumes").asText())), seen);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        } else if (line.has("base") && line.has("parts")) {
            bases.put(line.get("base").asText(), KeyPartJson.read(line.get("parts")));
        } else if (line.has("path")) {
            boolean finished = line.has("content") || line.has("cached");
            lines.put(line.get("path").asText(), new Line(folder, place, finished));
        }
    }

    synchronized Optional<Line> of(CallPath path) {
        return Optional.ofNullable(lines.get(path.value()));
    }

    synchronized List<KeyPart> base(String digest) {
        return bases.getOrDefault(digest, List.of());
    }

    synchronized int finished() {
        return (int) lines.values().stream().filter(Line::finished).count();
    }

    /** Folders of all runs whose lines were taken in. */
    synchronized List<RunFolder> folders() {
        return List.copyOf(loaded.values());
    }
}
