insert into received_events (run_id, next) values ('019500b0-0000-7000-8000-000000000002', 17);
