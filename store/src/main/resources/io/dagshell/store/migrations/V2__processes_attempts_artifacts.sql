-- The process a run belongs to, the run it resumes, attempts that were followed by another, artifacts.

alter table runs add column resumes text;
alter table runs add column host text;
alter table runs add column pid bigint;
alter table runs add column process_started bigint;

create index runs_going on runs (host) where finished_at is null;
create index runs_by_resumed on runs (resumes) where resumes is not null;

create table attempts (
    run_id text not null references runs (run_id) on delete cascade,
    ordinal integer not null,
    attempt integer not null,
    state text not null,
    message text,
    started_at bigint,
    finished_at bigint,
    primary key (run_id, ordinal, attempt)
);

create table artifacts (
    run_id text not null references runs (run_id) on delete cascade,
    ordinal integer not null,
    name text not null,
    kind text not null,
    at bigint not null,
    content text not null,
    primary key (run_id, ordinal, name)
);
