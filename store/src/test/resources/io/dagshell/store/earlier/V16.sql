insert into users (name, role, password, active, created_at, password_at, seen_at) values ('ada', 'admin', 'pbkdf2-sha256$600000$c2FsdA==$aGFzaA==', 1, 1772445600000000, 1772445600000000, null);
insert into sessions (digest, user_name, address, created_at, seen_at) values ('5e55', 'ada', '10.0.0.7', 1772445600000000, 1772445600000000);
insert into tokens (token_id, name, role, digest, created_by, created_at, expires_at, revoked_at, seen_at) values ('019500b0-0000-4000-8000-000000000031', 'ci', 'agent', '70ce', 'ada', 1772445600000000, 4102444800000000, null, 1772445660000000);
insert into login_failures (subject, failures, since) values ('address 10.0.0.8', 3, 1772445600000000);
insert into audit (audit_id, at, actor, kind, role, address, via, action, object, outcome, status, detail) values ('019500b0-0000-4000-8000-000000000032', 1772445600000000, 'ada', 'user', 'admin', '10.0.0.7', 'api', 'token.create', 'ci', 'done', 201, 'role agent')
