package io.dagshell.engine.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.KeyPart;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.value.BlobWriter;
import io.dagshell.engine.value.UnsupportedValueException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one run keeps, and what it knows of those before it. Thread-safe: its parts guard themselves. */
final class FinishedTasks implements RunResults.Kept {
    private final RunFolder own;
    private final EarlierCalls earlier;
    private final CallKeys keys;
    private final Consumer<String> report;
    private final Set<String> bases = ConcurrentHashMap.newKeySet();

    /** A value that was handed out may still read its blobs when somebody looks at it. */
    private final Set<RunId> lentBy = ConcurrentHashMap.newKeySet();

    FinishedTasks(RunFolder own, EarlierCalls earlier, CallKeys keys, Consumer<String> report) {
        this.own = own;
        this.earlier = earlier;
        this.keys = keys;
        this.report = report;
    }

    @Override
    public RunResults.Asked ask(CallPath path, ResultCache.Question question) {
        Optional<EarlierCalls.Line> before = earlier.of(path);
        try {
            Optional<String> refusal = keys.refusal(question);
            if (refusal.isPresent()) {
                return unkeyed(path, before, refusal.get());
            }
            CacheKey key = keys.of(question);
            return before.isPresent() ? seen(path, question, key, before.get()) : fresh(path, question, key);
        } catch (UnsupportedValueException unsupported) {
            return unkeyed(path, before, String.valueOf(unsupported.getMessage()));
        } catch (StackOverflowError endless) {
            return unkeyed(path, before, "an argument is nested too deeply");
        }
    }

    @Override
    public RunResults.Asked anew(CallPath path, ResultCache.Question question) {
        Optional<EarlierCalls.Line> before = earlier.of(path);
        if (before.isPresent() && before.get().folder().run().equals(own.run())) {
            // It was computed again in this very run, before the flow was tried again.
            return ask(path, question);
        }
        try {
            Optional<String> refusal = keys.refusal(question);
            return refusal.isPresent()
                    ? unkeyed(path, Optional.empty(), refusal.get())
                    : fresh(path, question, keys.of(question));
        } catch (UnsupportedValueException unsupported) {
            return unkeyed(path, Optional.empty(), String.valueOf(unsupported.getMessage()));
        } catch (StackOverflowError endless) {
            return unkeyed(path, Optional.empty(), "an argument is nested too deeply");
        }
    }

    private RunResults.Asked fresh(CallPath path, ResultCache.Question question, CacheKey key) {
        return new RunResults.Asked.Compute(
                new KeptTicket(path, question, key, own.run()), Optional.empty(), Optional.empty());
    }

    private RunResults.Asked unkeyed(CallPath path, Optional<EarlierCalls.Line> before, String why) {
        Optional<String> again = before.map(line -> why);
        return new RunResults.Asked.Compute(new UnkeptTicket(path, why), again, Optional.empty());
    }

    private RunResults.Asked seen(
            CallPath path, ResultCache.Question question, CacheKey key, EarlierCalls.Line before) {
        try {
            JsonNode line = before.place().read();
            boolean same = line.path("key").asText().equals(key.hex());
            if (same && line.has("content")) {
                return finished(line, question, before.folder());
            }
            Optional<RunId> begunIn = same && line.has("begun")
                    ? Optional.of(RunId.parse(line.get("begun").asText()))
                    : Optional.empty();
            RunResults.Ticket ticket = new KeptTicket(path, question, key, begunIn.orElse(own.run()));
            return new RunResults.Asked.Compute(ticket, again(line, key), begunIn);
        } catch (IOException | RuntimeException damaged) {
            report.accept("what run " + before.folder().run() + " finished at " + path + " cannot be used: "
                    + damaged.getMessage());
            RunResults.Ticket ticket = new KeptTicket(path, question, key, own.run());
            return new RunResults.Asked.Compute(ticket, Optional.of("its kept result is damaged"), Optional.empty());
        }
    }

    private RunResults.Asked finished(JsonNode line, ResultCache.Question question, RunFolder folder)
            throws IOException {
        EntryContent content = EntryContent.read(line.get("content"), folder.blobs());
        Object value = question.returnType() == void.class
                ? null
                : keys.codecs().decode(content.value(), question.returnType(), folder.blobs());
        lentBy.add(folder.run());
        return new RunResults.Asked.Finished(
                value, folder.run(), Duration.ofNanos(line.path("took").asLong()), content.lines());
    }

    private Optional<String> again(JsonNode line, CacheKey key) {
        if (line.has("unkept")) {
            return Optional.of(line.get("unkept").asText());
        }
        if (line.has("begun") || !line.has("base")) {
            return Optional.empty();
        }
        List<KeyPart> parts = new ArrayList<>(earlier.base(line.get("base").asText()));
        parts.addAll(KeyPartJson.read(line.path("args")));
        return Optional.of(KeyDifference.inShort(
                KeyDifference.between(new CacheKey(line.path("key").asText(), parts), key)));
    }

    @Override
    public Optional<String> cachedKey(CallPath path) {
        return earlier.of(path).flatMap(line -> {
            try {
                return Optional.ofNullable(line.place().read().get("cached")).map(JsonNode::asText);
            } catch (IOException damaged) {
                return Optional.empty();
            }
        });
    }

    @Override
    public void cached(CallPath path, String key) {
        append(FinishedLog.line().put("path", path.value()).put("cached", key));
    }

    private Optional<String> append(ObjectNode line) {
        try {
            own.log().append(line);
            return Optional.empty();
        } catch (IOException failed) {
            return Optional.of(Words.of(failed));
        }
    }

    @Override
    public void repeats() {
        try {
            earlier.load(own);
        } catch (IOException failed) {
            report.accept("what the run finished cannot be read: " + Words.of(failed));
        }
    }

    @Override
    public int finished() {
        return earlier.finished();
    }

    @Override
    public void waits() {
        try {
            Files.createDirectories(own.path());
            Files.write(own.path().resolve(FileRunResults.WAITS), new byte[0]);
        } catch (IOException failed) {
            report.accept("what the run finished is kept for " + FileRunResults.RETENTION.toDays() + " days only: "
                    + Words.of(failed));
        }
    }

    @Override
    public void end(boolean completed) {
        try {
            own.log().close();
            if (completed) {
                forget(own);
                for (RunFolder folder : earlier.folders()) {
                    forget(folder);
                }
            }
        } catch (IOException failed) {
            report.accept("results of the run cannot be removed: " + Words.of(failed));
        }
    }

    /** What others may still read stays until the folder is old; without its log nothing is resumed from it. */
    private void forget(RunFolder folder) throws IOException {
        if (lentBy.contains(folder.run())) {
            Files.deleteIfExists(folder.log().file());
            return;
        }
        folder.delete();
    }

    /** Once for all calls of a task. */
    private String base(CacheKey key) throws IOException {
        List<KeyPart> parts = CallKeys.base(key);
        String digest = CacheKey.of(parts).hex();
        if (!bases.contains(digest)) {
            own.log().append(FinishedLog.line().put("base", digest).<ObjectNode>set("parts", KeyPartJson.write(parts)));
            bases.add(digest);
        }
        return digest;
    }

    /** A call that has a key. */
    private final class KeptTicket implements RunResults.Ticket {
        private final CallPath path;
        private final ResultCache.Question question;
        private final CacheKey key;
        private final RunId effectsOf;

        KeptTicket(CallPath path, ResultCache.Question question, CacheKey key, RunId effectsOf) {
            this.path = path;
            this.question = question;
            this.key = key;
            this.effectsOf = effectsOf;
        }

        @Override
        public void begins() {
            append(line().put("begun", effectsOf.toString()));
        }

        private ObjectNode line() {
            return FinishedLog.line().put("path", path.value()).put("key", key.hex());
        }

        @Override
        public Optional<String> keep(@Nullable Object value, Duration took, List<ResultCache.Line> lines) {
            try {
                ObjectNode line = line().put("base", base(key)).put("took", took.toNanos());
                line.set("args", KeyPartJson.write(CallKeys.arguments(key)));
                line.set("content", content(value, lines));
                return append(line);
            } catch (UnsupportedValueException unsupported) {
                return new UnkeptTicket(path, String.valueOf(unsupported.getMessage())).keep(value, took, lines);
            } catch (StackOverflowError endless) {
                return new UnkeptTicket(path, "its result is nested too deeply").keep(value, took, lines);
            } catch (IOException failed) {
                return Optional.of(Words.of(failed));
            } catch (UncheckedIOException failed) {
                return Optional.of(Words.of(failed));
            }
        }

        private JsonNode content(@Nullable Object value, List<ResultCache.Line> lines) throws IOException {
            BlobWriter blobs = own.blobs();
            JsonNode stored = question.returnType() == void.class
                    ? FinishedLog.line().nullNode()
                    : keys.codecs().encode(value, question.returnType(), blobs);
            return new EntryContent(stored, lines).write(blobs);
        }
    }

    /** A call without key, or a result without stored form: the log says so to who resumes. */
    private final class UnkeptTicket implements RunResults.Ticket {
        private final CallPath path;
        private final String why;

        UnkeptTicket(CallPath path, String why) {
            this.path = path;
            this.why = why;
        }

        @Override
        public void begins() {}

        @Override
        public Optional<String> keep(@Nullable Object value, Duration took, List<ResultCache.Line> lines) {
            return append(FinishedLog.line().put("path", path.value()).put("unkept", why));
        }
    }
}
