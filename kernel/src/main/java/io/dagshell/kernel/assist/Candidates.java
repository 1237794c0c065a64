package io.dagshell.kernel.assist;

import java.util.List;

/**
 * What may replace a part of Java text.
 *
 * @param start where that part begins; it ends at the cursor
 * @param items best first
 */
public record Candidates(int start, List<Candidate> items) {
    public Candidates {
        items = List.copyOf(items);
    }

    static Candidates none(int cursor) {
        return new Candidates(cursor, List.of());
    }
}
