package io.dagshell.store;

import io.dagshell.engine.model.RunId;
import java.util.Collection;
import java.util.Set;

/**
 * Which lines of a run are wanted.
 *
 * @param after the position behind which to begin; 0 for the first line
 * @param ordinal of the call that wrote them; negative for all
 * @param levels of the lines; empty for all
 * @param limit at most so many
 * @param last whether the last of them are wanted, not the first
 */
public record LogQuery(RunId run, long after, int ordinal, Set<String> levels, int limit, boolean last) {
    public LogQuery {
        levels = Set.copyOf(levels);
    }

    /** The last lines of a run. */
    public static LogQuery last(RunId run, int limit) {
        return new LogQuery(run, 0, -1, Set.of(), limit, true);
    }

    /** The lines that came after {@code position}, from the first on. */
    public LogQuery from(long position) {
        return new LogQuery(run, position, ordinal, levels, limit, false);
    }

    public LogQuery ofCall(int call) {
        return new LogQuery(run, after, call, levels, limit, last);
    }

    public LogQuery ofLevels(Collection<String> wanted) {
        return new LogQuery(run, after, ordinal, Set.copyOf(wanted), limit, last);
    }
}
