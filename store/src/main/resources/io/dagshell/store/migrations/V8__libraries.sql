-- Jars that deployments need, by SHA-256 and in pieces, where several servers share the database.

create table libraries (
    digest text not null,
    piece integer not null,
    bytes ${bytes} not null,
    primary key (digest, piece)
);
