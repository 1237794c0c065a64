package io.dagshell.installer.export;

import io.dagshell.store.orchestration.CatchUp;
import io.dagshell.store.orchestration.Overlap;
import io.dagshell.store.orchestration.ScheduleSpec;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A module of DAGs for Airflow 3, one for each schedule, or one that is started by hand. */
final class AirflowExport implements Export {
    private static final String DUE = "{{ dag_run.run_after.strftime('%Y-%m-%dT%H:%M:%SZ') }}";

    private final LocalDate today;

    AirflowExport(LocalDate today) {
        this.today = today;
    }

    @Override
    public SortedMap<String, String> files(ExportedFlow flow) {
        List<String> parts = new ArrayList<>();
        parts.add("""
                # %s, for Airflow 3: put this file into the folder of DAGs, and %s where its workers find it.
                %simport datetime

                from airflow.providers.standard.operators.bash import BashOperator
                from airflow.sdk import DAG
                from airflow.timetables.trigger import CronTriggerTimetable
                """.formatted(
                        ExportedFlow.comment(flow.title()),
                        flow.jar(),
                        flow.blocks().isEmpty()
                                ? ""
                                : "# The workers' environment has the blocks it needs: "
                                        + String.join(", ", flow.blocks()) + "\n"));
        List<ScheduleSpec> schedules = flow.schedules();
        for (int i = 0; i < schedules.size(); i++) {
            CronFields fields = CronFields.of(schedules.get(i).timing());
            String when = "CronTriggerTimetable(" + text(fields.line()) + ", timezone=" + text(fields.zoneName()) + ")";
            parts.add(dag(flow, schedules.get(i), flow.name(i), when));
        }
        if (schedules.isEmpty()) {
            ScheduleSpec byHand = ScheduleSpec.of(new io.dagshell.store.orchestration.Timing.Interval(
                    java.time.Duration.ofDays(1), java.time.Instant.EPOCH));
            parts.add(dag(flow, byHand, flow.name(), "None"));
        }
        return new TreeMap<>(Map.of(flow.name().replace('-', '_') + "_dag.py", String.join("\n", parts)));
    }

    private String dag(ExportedFlow flow, ScheduleSpec schedule, String name, String when) {
        var settings = flow.said().spec().settings();
        int most = schedule.overlap() == Overlap.ALLOW ? settings.concurrency().orElse(16) : 1;
        return """
                with DAG(
                    dag_id=%s,
                    dag_display_name=%s,
                    description=%s,
                    schedule=%s,
                    start_date=datetime.datetime(%d, %d, %d, tzinfo=datetime.timezone.utc),
                    catchup=%s,
                    max_active_runs=%d,
                    tags=[%s],
                ):
                    BashOperator(
                        task_id="run",
                        bash_command=%s,
                        retries=%d,
                        retry_delay=datetime.timedelta(seconds=%d),
                        append_env=True,
                    )
                """.formatted(
                text(name),
                text(flow.title()),
                text(settings.description()),
                when,
                today.getYear(),
                today.getMonthValue(),
                today.getDayOfMonth(),
                schedule.catchUp() == CatchUp.ALL ? "True" : "False",
                most,
                String.join(
                        ", ", settings.tags().stream().map(AirflowExport::text).toList()),
                text(raw(ExportedFlow.shell(flow.words(schedule))) + " --due \"" + DUE + "\""),
                flow.retries(),
                settings.retryDelay().toSeconds());
    }

    /** Braces of a value are not Jinja's. */
    private static String raw(String command) {
        return command.matches("(?s).*(\\{\\{|\\{%|\\{#).*")
                ? "{% raw %}" + command.replace("{% endraw %}", "{% endraw %}{{ '{% endraw %}' }}{% raw %}")
                        + "{% endraw %}"
                : command;
    }

    /** JSON's texts are Python's, but for characters beyond the first 65,536, which are written as they are. */
    private static String text(String value) {
        return com.fasterxml.jackson.databind.node.TextNode.valueOf(value).toString();
    }

    @Override
    public List<String> next(ExportedFlow flow, Path folder) {
        return List.of("Copy " + folder + "/*_dag.py into Airflow's folder of DAGs, and " + folder.resolve(flow.jar())
                + " to " + flow.place() + " on its workers.");
    }
}
