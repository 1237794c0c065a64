insert into backfills (backfill_id, deployment, schedule_id, schedule, first_moment, last_moment, rerun, newest_first, concurrency,
        stop_after, queue, state, reason, created_by, idempotency_key, created_at, resumed_at, finished_at) values
    ('019500b0-0000-7000-8000-000000000031', 'Nightly ü', '019500b0-0000-7000-8000-000000000011',
     '[{"cron":"0 3 * * *","zone":"Europe/Berlin","parameters":"{\"year\":2022}","active":true,"overlap":"SKIP","catchUp":"LATEST"}]',
     1767222000000000, 1767481199000000, 'NONE', 0, 2, 3, null, 'RUNNING', null, 'ada', 'key-1', 1772449200000000, 1772449200000000, null);
insert into backfill_dues (backfill_id, due, place, state, reason) values
    ('019500b0-0000-7000-8000-000000000031', 1767232800000000, 0, 'LEFT_OUT', 'it completed before'),
    ('019500b0-0000-7000-8000-000000000031', 1767319200000000, 1, 'WAITING', null),
    ('019500b0-0000-7000-8000-000000000031', 1767405600000000, 2, 'WAITING', null)
