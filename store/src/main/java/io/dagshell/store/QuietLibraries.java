package io.dagshell.store;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What libraries tell of connections and migrations that went well is nothing for the log of a run or a cell. */
final class QuietLibraries {
    /** Held, for the JDK forgets the level of a logger nobody holds. */
    private static final List<Logger> TALKATIVE =
            List.of(Logger.getLogger("org.flywaydb"), Logger.getLogger("com.zaxxer.hikari"));

    private QuietLibraries() {}

    /** From here they tell warnings only. To be called before one of them speaks, and not where none does: the JDK's log opens every jar. */
    static void hush() {
        TALKATIVE.forEach(logger -> logger.setLevel(Level.WARNING));
    }
}
