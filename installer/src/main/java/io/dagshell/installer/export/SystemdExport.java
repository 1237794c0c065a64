package io.dagshell.installer.export;

import io.dagshell.store.orchestration.CatchUp;
import io.dagshell.store.orchestration.ScheduleSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A service and a timer of systemd for each schedule. A service that still runs is not started again. */
final class SystemdExport implements Export {
    @Override
    public SortedMap<String, String> files(ExportedFlow flow) {
        SortedMap<String, String> files = new TreeMap<>();
        List<ScheduleSpec> schedules = flow.requireSchedules();
        for (int i = 0; i < schedules.size(); i++) {
            ScheduleSpec schedule = schedules.get(i);
            String unit = "dagshell-" + flow.name(i);
            files.put(unit + ".service", service(flow, schedule));
            files.put(unit + ".timer", timer(flow, schedule));
        }
        return files;
    }

    private static String service(ExportedFlow flow, ScheduleSpec schedule) {
        return """
                [Unit]
                Description=%s

                [Service]
                Type=oneshot
                WorkingDirectory=%s
                # Blocks and DAGSHELL_HOME, a line NAME=VALUE each%s; readable by its owner only.
                EnvironmentFile=-/etc/dagshell/%s.env
                ExecStart=/bin/sh -c %s
                """.formatted(
                        specifiers(ExportedFlow.comment(flow.title())),
                        specifiers(flow.place()),
                        flow.blocks().isEmpty() ? "" : ": " + String.join(", ", flow.blocks()),
                        flow.name(),
                        quoted("exec " + ExportedFlow.shellWithDue(flow.words(schedule))));
    }

    private static String timer(ExportedFlow flow, ScheduleSpec schedule) {
        List<String> lines = new ArrayList<>(
                List.of("[Unit]", "Description=" + specifiers(ExportedFlow.comment(flow.title())), "", "[Timer]"));
        SystemdCalendar.of(CronFields.of(schedule.timing())).forEach(each -> lines.add("OnCalendar=" + each));
        lines.add("AccuracySec=1s");
        // One run for all that was missed, which is the most a timer can do.
        lines.add("Persistent=" + (schedule.catchUp() != CatchUp.NONE));
        lines.addAll(List.of("", "[Install]", "WantedBy=timers.target"));
        return String.join("\n", lines) + "\n";
    }

    private static String specifiers(String text) {
        return text.replace("%", "%%");
    }

    private static String quoted(String command) {
        return '"'
                + specifiers(command)
                        .replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("$", "$$")
                + '"';
    }

    @Override
    public List<String> next(ExportedFlow flow, Path folder) {
        return List.of(
                "Check it: systemd-analyze verify " + folder + "/*.timer",
                "Install it: cp " + folder + "/dagshell-* /etc/systemd/system && systemctl daemon-reload && systemctl"
                        + " enable --now dagshell-" + flow.name(0) + ".timer");
    }
}
