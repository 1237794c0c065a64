-- Runs that are tried again, and what flows ask people.
-- retry of a version: when its runs are tried again, as JSON; null before this was known: retries and retry_delay hold, for
-- crashed runs. retried: retries of a run so far, of those it was made anew for too. starts: processes begun for it.
-- followed: tasks it computes anew with all that follows, though the run it resumes finished them.

alter table deployment_versions add column retry text;

alter table flow_runs add column retried integer not null default 0;
alter table flow_runs add column starts integer not null default 0;
alter table flow_runs add column followed text;

create table approvals (
    run_id text not null,
    place text not null,
    question text not null,
    ordinal integer not null,
    form text not null,
    asked_at bigint not null,
    expires_at bigint,
    state text not null,
    answer text,
    reason text,
    answered_by text,
    answered_at bigint,
    primary key (run_id, place, question)
);

create index approvals_by_state on approvals (state, asked_at);
