package io.dagshell.magics.display;

import io.dagshell.engine.event.RunEvent;

/** A display that stands somewhere. */
interface Shown {

    /** A run of it began. */
    void begin();

    void add(RunEvent event);

    /** Sends what changed since the last time, or in any case if clocks have to go on. */
    void update(boolean clocks);

    /** A run of it ended, with all its events told. */
    void finished();
}
