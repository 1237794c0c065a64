package io.dagshell.runner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.json.JsonTree;
import io.dagshell.store.EnvironmentBlocks;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * The run's own binding of blocks, piped in by the process that started this one: secrets do not belong in arguments or
 * the environment, which others can read.
 */
final class PipedBlocks {

    private PipedBlocks() {}

    /**
     * Reads {@code {"name": {"type": "postgres", "host": "…"}}} to the end of the stream.
     *
     * @throws BadInput it is something else; the message holds none of it
     */
    static BlockSource read(InputStream in) throws IOException {
        Map<String, String> variables = new HashMap<>();
        try {
            JsonNode blocks = JsonTree.PLAIN.read(in);
            if (!blocks.isObject()) {
                throw new BadInput("--blocks-from-stdin wants a JSON object of blocks by name on standard input.");
            }
            blocks.fields()
                    .forEachRemaining(block -> variables.put(
                            new BlockName(block.getKey()).environmentVariable(),
                            JsonTree.PLAIN.text(block.getValue())));
        } catch (JsonProcessingException notJson) {
            throw new BadInput("--blocks-from-stdin: standard input is not JSON.");
        } catch (IllegalArgumentException wrongName) {
            throw new BadInput("--blocks-from-stdin: " + wrongName.getMessage() + ".", wrongName);
        }
        return EnvironmentBlocks.of(variables);
    }
}
