package io.dagshell.engine.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A path to an existing regular file is its content, any other its text. A stored file comes back as a read-only copy
 * with the same name; a folder is not stored, because it may be gone or filled with other things at the hit.
 */
final class PathCodec implements Codec {

    @Override
    public boolean handles(Type type) {
        return type == Path.class;
    }

    @Override
    public void digest(Object value, Type type, DigestSink sink, Codecs values) {
        digest(Declared.check(value, Path.class), sink);
    }

    static void digest(Path path, DigestSink sink) {
        Optional<Digest> content = sink.sources().file(path);
        if (content.isPresent()) {
            sink.tag("file").text(content.get().hex());
        } else {
            sink.tag("path").text(path.toString());
        }
    }

    @Override
    public JsonNode encode(Object value, Type type, BlobWriter blobs, Codecs values) throws IOException {
        Path path = Declared.check(value, Path.class);
        if (Files.isDirectory(path)) {
            throw new UnsupportedValueException("no codec for a folder: return its files");
        }
        if (!Files.isRegularFile(path)) {
            return JsonNodeFactory.instance.objectNode().put("path", path.toString());
        }
        Digest content = blobs.write(out -> Files.copy(path, out));
        return JsonNodeFactory.instance
                .objectNode()
                .put("file", content.hex())
                .put("name", String.valueOf(path.getFileName()));
    }

    @Override
    public Object decode(JsonNode stored, Type type, BlobReader blobs, Codecs values) throws IOException {
        if (stored.has("path")) {
            return Path.of(Stored.text(stored.get("path")));
        }
        return blobs.file(Stored.address(Stored.field(stored, "file")), Stored.text(Stored.field(stored, "name")));
    }
}
