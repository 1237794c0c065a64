package io.dagshell.engine.model;

import java.util.List;

/**
 * A task or flow as its cell defines it. Immutable; a redefined cell makes a new definition.
 *
 * @param name the method's name
 * @param kind task or flow
 * @param parameters in declaration order
 * @param returnType canonical Java type, {@code void} included
 * @param policy the header
 * @param code identity of the code for the key
 * @param origin where the cell is
 * @param blocks names of the blocks its code asks for by literal name, sorted
 */
public record TaskDefinition(
        TaskName name,
        Kind kind,
        List<Parameter> parameters,
        String returnType,
        Policy policy,
        CodeIdentity code,
        Origin origin,
        List<String> blocks) {

    public TaskDefinition {
        parameters = List.copyOf(parameters);
        blocks = List.copyOf(blocks);
    }

    public TaskDefinition withPolicy(Policy other) {
        return new TaskDefinition(name, kind, parameters, returnType, other, code, origin, blocks);
    }

    /**
     * The cell a definition comes from.
     *
     * @param notebook file name of the notebook, or empty when it has none
     * @param cell index among code cells, from 1
     * @param line line of the method's name in the cell, from 1, the header line counted
     */
    public record Origin(String notebook, int cell, int line) {}
}
