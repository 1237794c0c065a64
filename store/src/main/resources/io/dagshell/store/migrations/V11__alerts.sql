-- Rules that tell people of runs, and each message there was or is to be. next_at of a message that waits: not to be
-- sent before. held: made, but another of its kind was told of shortly before.

create table alert_rules (
    name text not null primary key,
    kinds text not null,
    deployment text,
    after_micros bigint,
    quiet_micros bigint not null,
    block text not null,
    recipients text not null,
    active integer not null,
    since bigint not null
);

create table alert_messages (
    message_id text not null primary key,
    rule text not null,
    subject text not null,
    kind text not null,
    deployment text not null,
    run_id text,
    state text not null,
    attempts integer not null,
    held integer not null,
    next_at bigint,
    created_at bigint not null,
    sent_at bigint,
    problem text
);

create unique index alert_messages_once on alert_messages (rule, subject);
create index alert_messages_due on alert_messages (next_at) where next_at is not null;
create index alert_messages_by_time on alert_messages (created_at, message_id);
create index alert_messages_alike on alert_messages (rule, deployment, kind, created_at);
create index flow_runs_completed on flow_runs (deployment, finished_at) where state = 'Completed';
