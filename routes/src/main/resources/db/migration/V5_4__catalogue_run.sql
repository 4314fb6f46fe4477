-- How far each shop's catalogue has come in, and ours gone out to it. run is who carries on: a later one takes over from an earlier.
create table catalogue_run (
    connection_id uuid        not null,
    direction     text        not null check (direction in ('IN', 'OUT')),
    run           uuid        not null,
    done          boolean     not null,
    cursor        text,
    seen          bigint      not null check (seen >= 0),
    taken         bigint      not null check (taken >= 0),
    left_out      bigint      not null check (left_out >= 0),
    fresh         bigint      not null check (fresh >= 0),
    began_at      timestamptz not null,
    moved_at      timestamptz not null,
    ended_at      timestamptz,
    trouble       text,
    primary key (connection_id, direction)
);

-- What each shop that follows us was last sent of a product, by its digest; reason is why it did not take it.
create table catalogue_sent (
    connection_id uuid        not null,
    sku           text        not null,
    digest        text        not null,
    sent_at       timestamptz not null,
    reason        text,
    primary key (connection_id, sku)
);
create index catalogue_sent_refused on catalogue_sent (connection_id, sku) where reason is not null;
