package io.dagshell.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dagshell.engine.value.BlobReader;
import io.dagshell.engine.value.BlobWriter;
import io.dagshell.engine.value.Codec;
import io.dagshell.engine.value.Codecs;
import io.dagshell.engine.value.Digest;
import io.dagshell.engine.value.DigestSink;
import io.dagshell.engine.value.Digested;
import io.dagshell.engine.value.Sha256Sink;
import io.dagshell.engine.value.Sources;
import io.dagshell.engine.value.StandardCodecs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hit is a handle: a value whose codec allows it is read when someone looks at it. */
final class LazyHitTest {
    @TempDir
    Path folder;

    private final AtomicInteger reads = new AtomicInteger();
    private FileResultCache cache;
    private final Asking fetch = Asking.task("fetch").returning(Book.class);

    record Shelf(String name, Book book) {}

    /** Large, mutable, and read late. */
    static final class Book implements Digested {
        private @Nullable String text;
        private @Nullable Digest known;
        private final Loader loader;

        interface Loader {
            String load() throws IOException;
        }

        Book(@Nullable Digest known, Loader loader) {
            this.known = known;
            this.loader = loader;
        }

        static Book of(String text) {
            return new Book(null, () -> text);
        }

        String text() {
            if (text == null) {
                try {
                    text = loader.load();
                } catch (IOException gone) {
                    throw new UncheckedIOException(gone);
                }
            }
            return text;
        }

        void write(String more) {
            text = text() + more;
            known = null;
        }

        @Override
        public Optional<Digest> contentDigest() {
            return Optional.ofNullable(known);
        }
    }

    private final class BookCodec implements Codec {
        @Override
        public boolean handles(Type type) {
            return type == Book.class;
        }

        @Override
        public boolean apart() {
            return true;
        }

        @Override
        public void digest(Object value, Type type, DigestSink sink, Codecs values) {
            sink.tag("book").text(((Book) value).text());
        }

        @Override
        public JsonNode encode(Object value, Type type, BlobWriter blobs, Codecs values) throws IOException {
            Book book = (Book) value;
            DigestSink own = Sha256Sink.create(Sources.local());
            digest(value, type, own, values);
            Digest address = blobs.write(out -> out.write(book.text().getBytes(StandardCharsets.UTF_8)));
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("blob", address.hex())
                    .put("digest", own.finish().hex());
        }

        @Override
        public Object decode(JsonNode stored, Type type, BlobReader blobs, Codecs values) {
            Digest address = new Digest(stored.path("blob").asText());
            return new Book(new Digest(stored.path("digest").asText()), () -> {
                reads.incrementAndGet();
                try (InputStream in = blobs.open(address)) {
                    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                }
            });
        }
    }

    @BeforeEach
    void open() {
        cache = FileResultCache.open(folder, StandardCodecs.with(new BookCodec()), new Tick());
        fetch.computed(cache, Book.of("once upon a time"));
    }

    private Asking clean(Book book) {
        return Asking.task("clean").argument("shelf", Shelf.class, new Shelf("a", book));
    }

    private Book hit() {
        return (Book) Objects.requireNonNull(fetch.hit(cache).value());
    }

    @Test
    void a_chain_of_hits_reads_nothing() {
        clean(Book.of("once upon a time")).computed(cache, "clean");

        assertThat(clean(hit()).hit(cache).value()).isEqualTo("clean");

        assertThat(reads).hasValue(0);
    }

    @Test
    void the_value_is_there_when_someone_looks() {
        assertThat(hit().text()).isEqualTo("once upon a time");
        assertThat(reads).hasValue(1);
    }

    @Test
    void a_value_modified_after_the_hit_is_digested_anew() {
        clean(hit()).computed(cache, "clean");
        Book changed = hit();
        changed.write(".");

        assertThat(clean(changed).computed(cache, "other")).isEqualTo("argument shelf changed");
        assertThat(clean(Book.of("once upon a time.")).hit(cache).value()).isEqualTo("other");
    }
}
