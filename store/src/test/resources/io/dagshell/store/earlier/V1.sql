-- Rows as they were written when version 1 was the newest. HEX(…) is bytes, in the database's own way.
insert into runs (run_id, flow, kind, title, parameters, origin, source, state, message, started_at, finished_at) values
    ('019500b0-0000-7000-8000-000000000001', 'ingest', 'FLOW', 'Ingest ü', '{"year":2021}', 'notebook', 'etl.ipynb[7]', 'Failed', 'IOException: 404',
     1772445600123456, 1772445690000000);
insert into task_runs (run_id, ordinal, task, kind, path, parent, upstream, state, attempt, message, created_at, started_at,
        finished_at, summary, cache_outcome, cache_reason, cache_key, cache_age, cache_saved, progress_done, progress_total,
        progress_unit, failure_exception, failure_message, failure_kind, failure_location, failure_trace) values
    ('019500b0-0000-7000-8000-000000000001', 0, 'ingest', 'FLOW', 'ingest/1', null, '', 'Failed', 1, 'IOException: 404', 1772445600123456, 1772445600200000,
     1772445690000000, null, null, null, null, null, null, null, null, null, null, null, null, null, null),
    ('019500b0-0000-7000-8000-000000000001', 1, 'fetch', 'TASK', 'ingest/1.fetch/1', 0, '', 'Cached', 1, null, 1772445600300000, null,
     1772445600400000, '100,000 rows × 18 columns', 'HIT', 'same key', 'ab12', 300000000, 2400000, null, null, null, null, null,
     null, null, null),
    ('019500b0-0000-7000-8000-000000000001', 2, 'load', 'TASK', 'ingest/1.load/1', 0, '1', 'Failed', 2, 'IOException: 404', 1772445600500000, 1772445600600000,
     1772445689000000, null, null, null, null, null, null, 50000, 98029, 'rows', 'java.io.IOException', '404', 'RESOURCE',
     'etl.ipynb[3]:2', 'java.io.IOException: 404
    at load (etl.ipynb[3]:2)');
insert into logs (log_id, run_id, ordinal, at, level, text, cached) values
    (1, '019500b0-0000-7000-8000-000000000001', 1, 1772445600390000, 'STDOUT', 'read', 1),
    (2, '019500b0-0000-7000-8000-000000000001', 2, 1772445600700000, 'STDOUT', 'half ''way''; drop table runs;--', 0);
