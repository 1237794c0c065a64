package io.dagshell.engine.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Optional;

/** An address is its text and what its server gives to tell versions apart; a {@code file:} address is its file. */
final class UriCodec implements Codec {

    @Override
    public boolean handles(Type type) {
        return type == URI.class;
    }

    @Override
    public void digest(Object value, Type type, DigestSink sink, Codecs values) {
        URI address = Declared.check(value, URI.class);
        Optional<Path> file = file(address);
        if (file.isPresent()) {
            PathCodec.digest(file.get(), sink.tag("uri"));
            return;
        }
        sink.tag("uri").text(address.toString());
        sink.sources().validator(address).ifPresentOrElse(sink::text, sink::absent);
    }

    @Override
    public JsonNode encode(Object value, Type type, BlobWriter blobs, Codecs values) {
        return TextNode.valueOf(Declared.check(value, URI.class).toString());
    }

    @Override
    public Object decode(JsonNode stored, Type type, BlobReader blobs, Codecs values) throws IOException {
        return URI.create(Stored.text(stored));
    }

    private static Optional<Path> file(URI address) {
        if (!"file".equalsIgnoreCase(address.getScheme())) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(address));
        } catch (IllegalArgumentException | FileSystemNotFoundException oddForm) {
            return Optional.empty();
        }
    }
}
