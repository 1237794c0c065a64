-- When a jar was last kept or asked for, in its first piece: one that no version names stays a while, for it may be of an
-- export that is just being applied.

alter table libraries add column asked_at bigint not null default 0;
