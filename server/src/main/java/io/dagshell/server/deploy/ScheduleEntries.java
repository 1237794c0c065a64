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
import java.util.stream.Stream;

/** An entry of {@code schedules:}, such as {@code {cron: "0 * * * *", zone: UTC}} or {@code {every: 10m}}
 * or {@code {rrule: FREQ=WEEKLY;BYDAY=MO}}. */
record ScheduleEntries(FolderReader folder, FlowManifest manifest) {
    private static final List<String> ENTRIES =
            List.of("cron", "rrule", "zone", "every", "anchor", "parameters", "overlap", "catch_up", "active");

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
        Optional<String> rule = entries.text("rrule");
        Optional<Duration> every = entries.duration("every");
        if (Stream.of(cron, rule, every).filter(Optional::isPresent).count() != 1) {
            throw entries.problem(
                    entries.mapping().line(),
                    "a schedule has one of 'cron', with 'zone', 'every', with 'anchor', and 'rrule', with both");
        }
        if (rule.isPresent()) {
            ZoneId zone = zone(entries);
            Instant anchor =
                    entries.find("anchor").isPresent() ? entries.moment("anchor", zone) : Timing.Rule.start(zone);
            return FolderReader.refused(entries, "rrule", () -> new Timing.Rule(rule.get(), zone, anchor));
        }
        if (cron.isPresent()) {
            refuse(entries, "anchor", "belongs to 'every' and 'rrule'");
            ZoneId zone = zone(entries);
            return FolderReader.refused(entries, "cron", () -> new Timing.Cron(cron.get(), zone));
        }
        refuse(entries, "zone", "belongs to 'cron' and 'rrule'");
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
