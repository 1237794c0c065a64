insert into contents (digest, bytes) values
    ('c1', HEX(6e616d653a20780a)), ('c2', HEX(7b7d)), ('c3', HEX(0001ff)), ('c4', HEX(23206c6f636b0a));
insert into deployments (name, version, paused, created_at, updated_at) values
    ('Nightly ü', 'v2', 1, 1772445600000000, 1772449200000000);
insert into deployment_versions (deployment, version, flow, jdk, queue, tags, description, concurrency, retries, retry_delay,
        parameters, schedules, created_at) values
    ('Nightly ü', 'v1', 'ingest', 17, 'default', '[]', '', null, 0, 0, '{}', '[]', 1772445600000000),
    ('Nightly ü', 'v2', 'ingest', 17, 'night', '["db","load"]', 'Loads the day.', 2, 1, 30000000, '{"year":2021}',
     '[]', 1772449200000000);
insert into deployment_files (deployment, version, name, digest) values
    ('Nightly ü', 'v1', 'deployment.yaml', 'c1'), ('Nightly ü', 'v2', 'deployment.yaml', 'c1'),
    ('Nightly ü', 'v2', 'flow.json', 'c2'), ('Nightly ü', 'v2', 'flow.jar', 'c3'), ('Nightly ü', 'v2', 'deps.lock', 'c4');
insert into schedules (schedule_id, deployment, origin, cron, zone, every, anchor, parameters, active, overlap, catch_up,
        next_due, created_at) values
    ('019500b0-0000-7000-8000-000000000011', 'Nightly ü', 'FILE', '0 3 * * *', 'Europe/Berlin', null, null, '{"year":2022}', 1, 'SKIP', 'LATEST',
     4102452000000000, 1772449200000000),
    ('019500b0-0000-7000-8000-000000000012', 'Nightly ü', 'ADDED', null, null, 600000000, 1767225600000000, '{}', 0, 'QUEUE', 'ALL', null, 1772449200000000);
insert into skipped_dues (schedule_id, day, reason, skipped, first_due, last_due) values
    ('019500b0-0000-7000-8000-000000000011', 20514, 'the deployment is paused', 3, 1772445600000000, 1772452800000000);
insert into flow_runs (run_id, deployment, version, flow, parameters, due, queue, jdk, schedule_id, exclusive, created_by,
        idempotency_key, attempt, retry_of, resumes, state, phase, reason, agent, lease_until, created_at, started_at, finished_at)
    values
    ('019500b0-0000-7000-8000-000000000021', 'Nightly ü', 'v1', 'ingest', '{}', 1772445600000000, 'default', 17, '019500b0-0000-7000-8000-000000000011', 1, 'schedule', null, 1, null, null,
     'Crashed', 2, 'its agent is missing', 'agent-1', 1772445700000000, 1772445600000000, 1772445601000000, 1772445700000000),
    ('019500b0-0000-7000-8000-000000000022', 'Nightly ü', 'v2', 'ingest', '{"year":2021}', 1772449200000000, 'night', 17, null, 0, 'retry', 'once', 2,
     '019500b0-0000-7000-8000-000000000021', '019500b0-0000-7000-8000-000000000021', 'Scheduled', 0, 'no agent', null, null, 1772449200000000, null, null);
insert into work_queues (name, priority, concurrency, paused, created_at, last_polled) values
    ('night', 5, 3, 0, 1772445600000000, 1772449200000000), ('default', 100, null, 1, 1772445600000000, null);
insert into agents (name, host, queues, jdks, started_at, last_heartbeat) values
    ('agent-1', 'ada-laptop', '["default","night"]', '[17,25]', 1772445600000000, 1772449200000000);
