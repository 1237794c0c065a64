-- What each call's cache key was made of. The calls of a task share all parts but their arguments, so parts are kept
-- once per set; a set is named by the SHA-256 of its parts.

create table key_parts (
    set_digest text not null,
    position integer not null,
    kind text not null,
    name text not null,
    digest text not null,
    shown text,
    cell integer,
    primary key (set_digest, position)
);

create table task_keys (
    run_id text not null,
    ordinal integer not null,
    task text not null,
    at bigint not null,
    common text not null,
    arguments text not null,
    primary key (run_id, ordinal)
);

create index task_keys_by_task on task_keys (task, at);
