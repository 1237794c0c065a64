package io.dagshell.engine.cache;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.dagshell.engine.json.JsonTree;

/** JSON of entries. Whatever can be written can be read again: texts have no limit, nesting the same one both ways. */
final class EntryJson {
    static final JsonTree JSON = JsonTree.of(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private EntryJson() {}
}
