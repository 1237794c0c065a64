insert into runs (run_id, flow, kind, title, parameters, origin, source, state, message, started_at, finished_at, resumes,
        host, pid, process_started) values
    ('019500b0-0000-7000-8000-000000000002', 'ingest', 'FLOW', 'Ingest ü', '{"year":2021}', 'notebook', 'etl.ipynb[7]', 'Completed', null,
     1772449200000000, 1772449201000000, '019500b0-0000-7000-8000-000000000001', 'ada-laptop', 4711, 1772449000000000);
insert into task_runs (run_id, ordinal, task, kind, path, parent, upstream, state, attempt, created_at, started_at, finished_at)
    values ('019500b0-0000-7000-8000-000000000002', 0, 'ingest', 'FLOW', 'ingest/1', null, '', 'Completed', 2, 1772449200000000, 1772449200100000, 1772449201000000);
insert into attempts (run_id, ordinal, attempt, state, message, started_at, finished_at) values
    ('019500b0-0000-7000-8000-000000000002', 0, 1, 'AwaitingRetry', 'IOException: 404', 1772449200010000, 1772449200090000);
insert into artifacts (run_id, ordinal, name, kind, at, content) values
    ('019500b0-0000-7000-8000-000000000002', 0, 'trips', 'table', 1772449200500000, '{"text/plain":"3 rows"}');
