package io.dagshell.engine.block;

import java.util.List;
import java.util.Optional;

/** Port: a kind of block, found by {@link java.util.ServiceLoader}. Stateless and thread-safe. */
public interface BlockType {

    /** As in {@code postgres("name")} and {@code block set --type postgres}. */
    String name();

    /** Settings in the order a form shows them. */
    List<Field> fields();

    /** Checks presence and form of the settings without connecting; the messages name the setting; empty is good. */
    List<String> check(BlockSettings settings);

    /** Connects and answers in one clear sentence; never throws, ends within a few seconds. */
    TestResult test(BlockSettings settings);

    /** The same for settings that name another block, see {@link #uses}. */
    default TestResult test(BlockSettings settings, BlockSource others) {
        return test(settings);
    }

    /** Another block these settings name, such as credentials; a run that has this one needs that one too. */
    default Optional<BlockName> uses(BlockSettings settings) {
        return Optional.empty();
    }

    /**
     * One setting.
     *
     * @param secret encrypted at rest and masked in every output
     */
    record Field(String name, String description, boolean required, boolean secret) {}

    /** The answer of {@link #test}. */
    record TestResult(boolean works, String message) {}
}
