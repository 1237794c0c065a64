-- Ranges of the past that people have run, each instant of them, and the runs that were made of them.
-- schedule: the rule of the instants and what runs are given, as it was when the backfill began. state of an instant:
-- WAITING, MADE, LEFT_OUT or CANCELLED; what became of one that was made is told by the latest of its runs.

create table backfills (
    backfill_id text not null primary key,
    deployment text not null,
    schedule_id text,
    schedule text not null,
    first_moment bigint not null,
    last_moment bigint not null,
    rerun text not null,
    newest_first integer not null,
    concurrency integer not null,
    stop_after integer not null,
    queue text,
    state text not null,
    reason text,
    created_by text not null,
    idempotency_key text,
    created_at bigint not null,
    resumed_at bigint not null,
    finished_at bigint
);

create unique index backfills_by_key on backfills (deployment, idempotency_key) where idempotency_key is not null;
create index backfills_by_deployment on backfills (deployment, created_at);
create index backfills_going on backfills (state) where finished_at is null;
create index backfills_by_end on backfills (finished_at) where finished_at is not null;

create table backfill_dues (
    backfill_id text not null,
    due bigint not null,
    place integer not null,
    state text not null,
    reason text,
    primary key (backfill_id, due)
);

create index backfill_dues_in_order on backfill_dues (backfill_id, place);
create index backfill_dues_waiting on backfill_dues (backfill_id, place) where state = 'WAITING';

alter table flow_runs add column backfill_id text;

create unique index flow_runs_of_backfill on flow_runs (backfill_id, due)
    where backfill_id is not null and attempt = 1;
create index flow_runs_by_backfill on flow_runs (backfill_id, due, attempt, run_id) where backfill_id is not null;
create index flow_runs_going_of_backfill on flow_runs (backfill_id) where backfill_id is not null and phase < 2;
