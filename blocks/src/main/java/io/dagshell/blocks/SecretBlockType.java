package io.dagshell.blocks;

import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.block.BlockType;
import java.util.List;

/** A secret text, such as a token. */
public final class SecretBlockType implements BlockType {
    static final String NAME = "secret";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Field> fields() {
        return List.of(new Field("value", "the secret text", true, true));
    }

    @Override
    public List<String> check(BlockSettings settings) {
        return settings.fields().getOrDefault("value", "").isEmpty() ? List.of("value is missing") : List.of();
    }

    @Override
    public TestResult test(BlockSettings settings) {
        return check(settings).isEmpty()
                ? new TestResult(true, "The secret has a value.")
                : new TestResult(false, "The secret has no value.");
    }
}
