-- Ended runs that a collector of traces was told of or is to be. again_at: not to be told before; none once it was told or given up.

create table traced_runs (
    run_id text not null primary key,
    attempts integer not null,
    again_at bigint
);

create index traced_runs_again on traced_runs (again_at) where again_at is not null;
