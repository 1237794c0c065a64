-- Who may use a server: users with the sessions of their browsers, tokens of programs, and the log of who did what. No
-- password, cookie or token is here: password is a salted hash with how it was made, digest the SHA-256 of a random
-- secret. login_failures: how often somebody was not let in since a moment, by name and by address.

create table users (
    name text not null primary key,
    role text not null,
    password text not null,
    active integer not null,
    created_at bigint not null,
    password_at bigint not null,
    seen_at bigint
);

create table sessions (
    digest text not null primary key,
    user_name text not null,
    address text not null,
    created_at bigint not null,
    seen_at bigint not null
);

create index sessions_by_user on sessions (user_name);

create table tokens (
    token_id text not null primary key,
    name text not null,
    role text not null,
    digest text not null,
    created_by text not null,
    created_at bigint not null,
    expires_at bigint,
    revoked_at bigint,
    seen_at bigint
);

create unique index tokens_by_digest on tokens (digest);
create unique index tokens_by_name on tokens (name) where revoked_at is null;

create table login_failures (
    subject text not null primary key,
    failures integer not null,
    since bigint not null
);

create table audit (
    audit_id text not null primary key,
    at bigint not null,
    actor text not null,
    kind text not null,
    role text,
    address text not null,
    via text not null,
    action text not null,
    object text not null,
    outcome text not null,
    status integer not null,
    detail text not null
);

create index audit_by_time on audit (at, audit_id);
create index audit_by_actor on audit (actor, at, audit_id);
create index audit_by_action on audit (action, at, audit_id);
