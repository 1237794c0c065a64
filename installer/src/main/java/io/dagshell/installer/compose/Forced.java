package io.dagshell.installer.compose;

import io.dagshell.engine.cache.Refresh;

/**
 * What a run does though it is cached.
 *
 * @param refresh tasks to compute anew
 * @param verify compute what is cached once more and compare
 */
public record Forced(Refresh refresh, boolean verify) {

    /** Nothing. */
    public static Forced nothing() {
        return new Forced(Refresh.none(), false);
    }
}
