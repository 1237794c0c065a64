-- A schedule by a recurrence rule of iCalendar: rrule with zone, counted from anchor.

alter table schedules add column rrule text;
