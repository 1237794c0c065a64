package io.dagshell.runner;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;

/** Zone and locale, which are the same in every run wherever it is started. */
public final class ProcessSettings {
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
    }
}
