package io.dagshell.installer.export;

import io.dagshell.store.orchestration.Overlap;
import io.dagshell.store.orchestration.ScheduleSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Lines for {@code crontab}. */
final class CronExport implements Export {
    @Override
    public SortedMap<String, String> files(ExportedFlow flow) {
        List<String> lines = new ArrayList<>();
        lines.add("# " + ExportedFlow.comment(flow.title())
                + ": lines for crontab. Exit codes: 0 done, 1 the flow failed, 2 bad input.");
        flow.blocks().forEach(each -> lines.add("# It needs the block in " + each + ": set it here, NAME=VALUE."));
        String zone = "UTC";
        for (ScheduleSpec schedule : flow.requireSchedules()) {
            CronFields fields = CronFields.of(schedule.timing());
            if (!fields.zoneName().equals(zone)) {
                zone = fields.zoneName();
                lines.add("# Debian's cron knows no CRON_TZ and takes the machine's zone; cronie and others know it.");
                lines.add("CRON_TZ=" + zone);
            }
            String command = "cd " + ExportedFlow.quoted(flow.place()) + " && " + overlap(schedule, flow)
                    + ExportedFlow.shellWithDue(flow.words(schedule));
            // A percent sign is the end of the line to cron.
            lines.add(fields.line() + " " + command.replace("%", "\\%"));
        }
        return new TreeMap<>(java.util.Map.of("crontab", String.join("\n", lines) + "\n"));
    }

    private static String overlap(ScheduleSpec schedule, ExportedFlow flow) {
        if (schedule.overlap() == Overlap.ALLOW) {
            return "";
        }
        String lock = "flock " + (schedule.overlap() == Overlap.QUEUE ? "" : "-n ");
        return lock + ExportedFlow.quoted("." + flow.name() + ".lock") + " ";
    }

    @Override
    public List<String> next(ExportedFlow flow, Path folder) {
        return List.of(
                "Try it: sh -c \"$(grep -v '^#' " + folder.resolve("crontab")
                        + " | head -1 | cut -d' ' -f6- | sed 's/\\\\%/%/g')\"",
                "Add it: (crontab -l; cat " + folder.resolve("crontab") + ") | crontab -");
    }
}
