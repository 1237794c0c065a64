insert into key_parts (set_digest, position, kind, name, digest, shown, cell) values
    ('s1', 0, 'code', 'load', 'd1', null, 3), ('s1', 1, 'helper', 'datasetUri', 'd2', null, 2),
    ('s2', 0, 'argument', 'year', 'd3', '2021', null);
insert into task_keys (run_id, ordinal, task, at, common, arguments) values ('019500b0-0000-7000-8000-000000000002', 0, 'ingest', 1772449200000000, 's1', 's2');
