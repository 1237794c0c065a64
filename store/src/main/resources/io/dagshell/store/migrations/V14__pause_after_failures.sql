-- A deployment whose scheduled runs fail one after the other pauses its schedules. Failures before resumed_at do not count.

alter table deployment_versions add column pause_after integer;
alter table deployments add column paused_reason text;
alter table deployments add column paused_at bigint;
alter table deployments add column resumed_at bigint;

create index flow_runs_over_of_schedules on flow_runs (deployment, finished_at)
    where phase = 2 and schedule_id is not null;
