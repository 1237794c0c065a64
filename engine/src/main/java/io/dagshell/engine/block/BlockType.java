package io.dagshell.engine.block;

import java.util.List;

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

    /**
     * One setting.
     *
     * @param secret encrypted at rest and masked in every output
     */
    record Field(String name, String description, boolean required, boolean secret) {}

    /** The answer of {@link #test}. */
    record TestResult(boolean works, String message) {}
}
