-- Old counts of skipped due instants are deleted by day.

create index skipped_dues_by_day on skipped_dues (day);
