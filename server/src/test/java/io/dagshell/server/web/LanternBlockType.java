package io.dagshell.server.web;

import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.block.BlockType;
import java.util.List;
import java.util.Optional;

/** A type of blocks for tests: it works if it has a key. */
public final class LanternBlockType implements BlockType {
    @Override
    public String name() {
        return "lantern";
    }

    @Override
    public List<Field> fields() {
        return List.of(new Field("place", "where it hangs", true, false), new Field("key", "opens it", false, true));
    }

    @Override
    public List<String> check(BlockSettings settings) {
        return settings.fields().containsKey("place") ? List.of() : List.of("place is missing");
    }

    @Override
    public TestResult test(BlockSettings settings) {
        boolean works = settings.fields().containsKey("key");
        return new TestResult(works, works ? "Lit <b>brightly</b>." : "Dark.");
    }

    @Override
    public Optional<BlockName> uses(BlockSettings settings) {
        return Optional.ofNullable(settings.fields().get("lit-by")).map(BlockName::new);
    }
}
