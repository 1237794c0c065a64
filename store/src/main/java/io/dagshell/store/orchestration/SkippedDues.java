package io.dagshell.store.orchestration;

import java.time.Instant;
import java.time.LocalDate;

/** Due instants of one day (UTC) that were not run for one reason, counted. */
public record SkippedDues(
        ScheduleId schedule, LocalDate day, String reason, long count, Instant firstDue, Instant lastDue) {}
