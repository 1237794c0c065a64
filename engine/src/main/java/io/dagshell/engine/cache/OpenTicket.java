package io.dagshell.engine.cache;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.engine.value.BlobWriter;
import io.dagshell.engine.value.Codecs;
import io.dagshell.engine.value.Digest;
import io.dagshell.engine.value.UnsupportedValueException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The right to compute one key. Used by the thread that computes. */
final class OpenTicket implements ResultCache.Ticket {
    private final Storage storage;
    private final ResultCache.Question question;
    private final CacheKey key;
    private final ObservedSources sources;
    private final List<String> connections;
    private final KeyLocks.Held lock;

    OpenTicket(
            Storage storage,
            ResultCache.Question question,
            CacheKey key,
            ObservedSources sources,
            List<String> connections,
            KeyLocks.Held lock) {
        this.storage = storage;
        this.question = question;
        this.key = key;
        this.sources = sources;
        this.connections = connections;
        this.lock = lock;
    }

    @Override
    public Optional<String> store(@Nullable Object value, Duration took, List<ResultCache.Line> lines) {
        try {
            Optional<String> changed = sources.changed();
            if (changed.isPresent()) {
                return changed;
            }
            storage.put(entry(value, took, lines));
            return Optional.empty();
        } catch (UnsupportedValueException unsupported) {
            return Optional.of(String.valueOf(unsupported.getMessage()));
        } catch (IOException | UncheckedIOException failed) {
            return Optional.of(Words.of(failed));
        } catch (StackOverflowError endless) {
            return Optional.of("the value is nested too deeply");
        } catch (RuntimeException failed) {
            return Optional.of("the value cannot be stored: " + failed);
        }
    }

    private Entry entry(@Nullable Object value, Duration took, List<ResultCache.Line> lines) throws IOException {
        List<Digest> blobs = new ArrayList<>();
        Codecs codecs = storage.codecs();
        BlobWriter writer = content -> {
            Digest address = storage.blobs().write(content);
            blobs.add(address);
            return address;
        };
        EntryContent content = new EntryContent(codecs.encode(value, question.returnType(), writer), lines);
        JsonNode stored = content.write(writer);
        return new Entry(
                key,
                question.task().name().value(),
                question.task().origin().notebook(),
                storage.clock().instant(),
                took,
                blobs,
                stored,
                sources.notes(),
                connections);
    }

    @Override
    public void close() {
        lock.close();
    }
}
