package io.dagshell.store.orchestration;

import java.util.List;
import java.util.Optional;

/**
 * Runs, newest first.
 *
 * @param next where to go on, if there may be more; a page of a search for text may be short and yet have a next
 */
public record RunPage(List<ListedRun> runs, Optional<RunQuery.Place> next) {
    public RunPage {
        runs = List.copyOf(runs);
    }
}
