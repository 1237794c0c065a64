insert into alert_rules (name, kinds, deployment, after_micros, quiet_micros, block, recipients, active, since) values
    ('night watch', '["failed","slow"]', 'Nightly ü', 3600000000, 900000000, 'mail', '["ada@example.org"]', 1, 1772445600000000);
insert into alert_messages (message_id, rule, subject, kind, deployment, run_id, state, attempts, held, next_at, created_at,
        sent_at, problem) values
    ('m1', 'night watch', 'failed 019500b0-0000-7000-8000-000000000021', 'failed', 'Nightly ü', '019500b0-0000-7000-8000-000000000021', 'SENT', 2, 1, null, 1772445700000000,
     1772445705000000, null);
