package io.dagshell.runner;

import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.block.BlockSource;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The blocks a server gave a run: those its flow names, which {@code apply} knows, and those {@code deployment.yaml} names.
 *
 * @param given what the agent piped in
 */
record OrderedBlocks(BlockSource given) implements BlockSource {

    @Override
    public Optional<BlockSettings> find(BlockName name) {
        return given.find(name);
    }

    @Override
    public SortedSet<BlockName> names() {
        return given.names();
    }

    @Override
    public String howToMake(BlockName name, String type) {
        return "Make it on the server, with dagshell block set " + name + " --type " + type
                + " … or on its page /blocks. A name that the code computes has to stand under blocks: in "
                + "deployment.yaml as well; then dagshell deployment apply.";
    }
}
