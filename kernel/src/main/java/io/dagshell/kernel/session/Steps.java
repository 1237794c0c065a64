package io.dagshell.kernel.session;

import io.dagshell.kernel.session.CellCompiler.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jshell.VarSnippet;

/** The steps of a cell's Java, and how far its thread has come. Thread-safe. */
final class Steps {
    static final Steps NONE = new Steps(List.of());

    private final List<Step> all;
    /** Where each variable gets its value, the last place if there are several. */
    private final Map<String, Integer> variables = new HashMap<>();

    private volatile int done;

    Steps(List<Step> all) {
        this.all = List.copyOf(all);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).snippet() instanceof VarSnippet variable) {
                variables.put(variable.name(), i);
            }
        }
    }

    /** Whether a variable is yet to get its value. */
    boolean isAhead(String variable) {
        Integer place = variables.get(variable);
        return place != null && place >= done;
    }

    /** A step has run; only the cell's thread tells. */
    void ran(int step) {
        done = step + 1;
    }

    /** Those that have not run. */
    List<Step> ahead() {
        return all.subList(done, all.size());
    }
}
