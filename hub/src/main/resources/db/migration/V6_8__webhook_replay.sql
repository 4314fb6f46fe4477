-- Many deliveries that are handled again, so many a second. Kept, so that it goes on after a restart; at most one of a brand runs.
create table webhook_replay (
    id         uuid        primary key,
    brand      text        not null,
    by         text        not null,
    -- Deliveries a second.
    rate       integer     not null check (rate between 1 and 50),
    total      integer     not null check (total between 1 and 1000),
    -- Begun again, and those whose content was erased by then.
    done       integer     not null default 0,
    refused    integer     not null default 0,
    at         timestamptz not null,
    -- When the last turn was, or was due: the next is a second later, on whichever hub.
    moved_at   timestamptz,
    ended_at   timestamptz,
    stopped_by text
);
create unique index webhook_replay_alive on webhook_replay (brand) where ended_at is null;
create index webhook_replay_newest on webhook_replay (brand, at desc);

-- What is still to be done; a row goes when it is.
create table webhook_replay_item (
    replay_id   uuid    not null references webhook_replay (id) on delete cascade,
    n           integer not null,
    delivery_id uuid    not null,
    primary key (replay_id, n)
);
