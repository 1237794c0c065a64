package io.dagshell.server.deploy;

import java.util.List;
import java.util.Optional;

/**
 * What a {@code deployment.yaml} says of the processes of its runs, for the agents.
 *
 * @param workingDirectory where they work, empty if it does not say
 * @param memory their greatest heap, such as {@code 2g}; empty for what the agent gives
 * @param blocks names of blocks they get beside those the flow names
 */
public record HowToRun(Optional<String> workingDirectory, Optional<String> memory, List<String> blocks) {
    public HowToRun {
        blocks = List.copyOf(blocks);
    }

    static HowToRun unsaid() {
        return new HowToRun(Optional.empty(), Optional.empty(), List.of());
    }

    /** @throws InvalidDeploymentException a value is none */
    static HowToRun of(YamlEntries page) {
        return new HowToRun(page.text("working_directory"), page.memory("memory"), page.texts("blocks"));
    }
}
