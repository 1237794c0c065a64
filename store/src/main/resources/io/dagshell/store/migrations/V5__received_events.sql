-- How many events of a run were received from its agent, so that one that is sent again counts once.

create table received_events (
    run_id text not null primary key,
    next bigint not null
);
