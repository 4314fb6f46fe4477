-- What a platform said of the end of its grant, until the operator has done something about it. A table of its own, because the
-- row of connection_grant is locked while a platform is asked.
create table connection_notice (
    connection_id uuid        primary key references connection (id) on delete cascade,
    ends          timestamptz not null,
    reason        text        not null,
    said_at       timestamptz not null
);
