package io.dagshell.runner;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Zone, locale and silence of libraries, which are the same in every run wherever it is started. */
public final class ProcessSettings {
    /** Held, for the JDK forgets the level of a logger nobody holds. */
    private static final List<Logger> TALKATIVE =
            List.of(Logger.getLogger("org.flywaydb"), Logger.getLogger("com.zaxxer.hikari"));

    private ProcessSettings() {}

    /**
     * Sets them for the process.
     *
     * @param zone of the deployment; {@code DAGSHELL_ZONE} in {@code environment} goes before it
     */
    public static void apply(String zone, Map<String, String> environment) {
        String wanted = environment.getOrDefault("DAGSHELL_ZONE", zone);
        try {
            TimeZone.setDefault(TimeZone.getTimeZone(ZoneId.of(wanted)));
        } catch (DateTimeException unknown) {
            throw new BadInput("There is no time zone '" + wanted + "' (DAGSHELL_ZONE or flow.json).", unknown);
        }
        Locale.setDefault(Locale.ROOT);
        TALKATIVE.forEach(logger -> logger.setLevel(Level.WARNING));
    }
}
