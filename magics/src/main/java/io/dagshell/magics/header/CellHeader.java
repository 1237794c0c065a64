package io.dagshell.magics.header;

import io.dagshell.engine.model.Policy;
import io.dagshell.kernel.session.CellProblem;
import java.util.Optional;

/**
 * The header of a cell, understood.
 *
 * @param kind what it makes of the cell
 * @param policy what it says about running; its title is empty if it gives no name
 * @param line its line in the cell, from 1: the first that is not blank
 * @param end offset behind its last character; the cell's Java begins there
 */
public record CellHeader(CellKind kind, Policy policy, int line, int end) {

    /**
     * The header of {@code cell}; empty if it has none of ours.
     *
     * @throws CellProblem an option is not understood
     */
    public static Optional<CellHeader> of(String cell) {
        return HeaderLine.of(cell).map(line -> new HeaderParser(line).parse());
    }

    /** The header of a cell that may be unfinished: its kind and place, with options only if all are understood. */
    public static Optional<CellHeader> ofUnfinished(String cell) {
        return HeaderLine.of(cell).map(line -> {
            try {
                return new HeaderParser(line).parse();
            } catch (CellProblem unfinished) {
                return new CellHeader(line.kind(), Policy.defaults(""), line.number(), line.end());
            }
        });
    }

    /** The policy of the method {@code name}. A task that returns nothing can only have an effect. */
    public Policy policyOf(String name, boolean returnsNothing) {
        boolean effect = policy.effect() || (kind == CellKind.TASK && returnsNothing);
        return policy.withTitle(policy.title().isEmpty() ? name : policy.title())
                .withEffect(effect);
    }
}
