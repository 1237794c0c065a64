-- Runs, their calls and their logs, as projected from the events of runs.
-- Times are microseconds since 1970-01-01T00:00Z; durations are microseconds; booleans are 0 and 1.

create table runs (
    run_id text not null primary key,
    flow text not null,
    kind text not null,
    title text not null,
    parameters text not null,
    origin text not null,
    source text not null,
    state text not null,
    message text,
    started_at bigint not null,
    finished_at bigint
);

create index runs_by_start on runs (started_at);

create table task_runs (
    run_id text not null references runs (run_id) on delete cascade,
    ordinal integer not null,
    task text not null,
    kind text not null,
    path text not null,
    parent integer,
    upstream text not null,
    state text not null,
    attempt integer not null,
    message text,
    created_at bigint not null,
    started_at bigint,
    finished_at bigint,
    summary text,
    cache_outcome text,
    cache_reason text,
    cache_key text,
    cache_age bigint,
    cache_saved bigint,
    progress_done bigint,
    progress_total bigint,
    progress_unit text,
    failure_exception text,
    failure_message text,
    failure_kind text,
    failure_location text,
    failure_trace text,
    primary key (run_id, ordinal)
);

create table logs (
    log_id integer not null primary key,
    run_id text not null references runs (run_id) on delete cascade,
    ordinal integer not null,
    at bigint not null,
    level text not null,
    text text not null,
    cached integer not null
);

create index logs_by_run on logs (run_id, log_id);
