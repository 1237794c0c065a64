insert into approvals (run_id, place, question, ordinal, form, asked_at, state, answer, reason, answered_by, answered_at) values
    ('019500b0-0000-7000-8000-000000000002', 'ingest/1.approve/1', 'load 3 rows?', 0, '[]', 1772449200000000, 'APPROVED', '{}', '', 'ada ü', 1772449260000000);
update flow_runs set retried = 1, starts = 2, followed = 'load'
