package io.dagshell.store.orchestration;

import io.dagshell.engine.model.TaskName;
import io.dagshell.store.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A schedule that is due, with the version its runs are made of. */
record DueSchedule(Schedule schedule, DeploymentVersion version, boolean paused) {

    static DueSchedule read(ResultSet row) throws SQLException {
        Schedule schedule = ScheduleRows.read(row);
        DeploymentVersion version = new DeploymentVersion(
                schedule.deployment(),
                row.getString("version"),
                new TaskName(row.getString("flow")),
                row.getInt("jdk"),
                VersionRows.settings(row),
                row.getString("defaults"),
                Micros.instant(row.getLong("version_made")));
        return new DueSchedule(schedule, version, row.getInt("paused") == 1);
    }
}
