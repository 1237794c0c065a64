-- How many runs of all deployments with a tag may go on at once.

create table tag_limits (
    tag text not null primary key,
    concurrency integer not null,
    created_at bigint not null
);

create index flow_runs_waiting_by_deployment on flow_runs (deployment, due) where phase = 0;
