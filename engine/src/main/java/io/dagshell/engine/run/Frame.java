package io.dagshell.engine.run;

import org.jspecify.annotations.Nullable;

/** What code works for: an attempt of a call, or a plain cell. */
interface Frame extends Call {

    /** The call, or null in a plain cell. */
    @Nullable
    LiveCall call();
}
