package io.dagshell.server.deploy;

import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.store.orchestration.CatchUp;
import io.dagshell.store.orchestration.Overlap;
import io.dagshell.store.orchestration.ScheduleSpec;
import io.dagshell.store.orchestration.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** An entry of {@code schedules:}, such as {@code {cron: "0 * * * *", zone: UTC}} or {@code {every: 10m}}. */
record ScheduleEntries(FolderReader folder, FlowManifest manifest) {
    private static final List<String> ENTRIES =
            List.of("cron", "zone", "every", "anchor", "parameters", "overlap", "catch_up", "active");

    ScheduleSpec read(YamlEntries entries) {
        entries.requireOnly(ENTRIES);
        Timing timing = timing(entries);
        ScheduleSpec plain = ScheduleSpec.of(timing);
        return plain.withParameters(entries.entries("parameters")
                        .map(values ->
                                folder.values(values, manifest, timing.zone()).toString())
                        .orElse("{}"))
                .withActive(entries.flag("active").orElse(true))
                .withOverlap(
                        entries.choice("overlap", EnumSet.allOf(Overlap.class)).orElse(plain.overlap()))
                .withCatchUp(
                        entries.choice("catch_up", EnumSet.allOf(CatchUp.class)).orElse(plain.catchUp()));
    }

    private Timing timing(YamlEntries entries) {
        Optional<String> cron = entries.text("cron");
        Optional<Duration> every = entries.duration("every");
        if (cron.isPresent() == every.isPresent()) {
            throw entries.problem(
                    entries.mapping().line(), "a schedule has either 'cron', with 'zone', or 'every', with 'anchor'");
        }
        if (cron.isPresent()) {
            refuse(entries, "anchor", "belongs to 'every'");
            ZoneId zone = zone(entries);
            return FolderReader.refused(entries, "cron", () -> new Timing.Cron(cron.get(), zone));
        }
        refuse(entries, "zone", "belongs to 'cron'");
        Instant anchor = entries.instant("anchor").orElse(Instant.EPOCH);
        return FolderReader.refused(entries, "every", () -> new Timing.Interval(every.orElseThrow(), anchor));
    }

    private static void refuse(YamlEntries entries, String name, String why) {
        if (entries.find(name).isPresent()) {
            throw entries.problem(entries.line(name), "'" + name + "' " + why);
        }
    }

    private ZoneId zone(YamlEntries entries) {
        String zone = entries.text("zone").orElse(manifest.zone());
        try {
            return ZoneId.of(zone.strip());
        } catch (java.time.DateTimeException unknown) {
            throw entries.problem(
                    entries.line("zone"), "there is no time zone '" + zone + "'; write it like UTC or Europe/Berlin");
        }
    }
}
