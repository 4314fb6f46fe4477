-- What arrived, what must be told, and what every shop was told last. Times are UTC.

create table outbox (
    id      bigint      generated always as identity primary key,
    brand   text        not null,
    topic   text        not null,
    key     text        not null,
    type    text        not null,
    payload jsonb       not null,
    at      timestamptz not null,
    sent_at timestamptz
);
create index outbox_unsent on outbox (id) where sent_at is null;
create index outbox_sent on outbox (sent_at) where sent_at is not null;

-- One row a delivery. next_try_at is when the sweep looks at it again; null means not by itself.
create table inbox (
    id            uuid        primary key,
    connection_id uuid        not null,
    brand         text        not null,
    channel       text        not null,
    delivery_id   text        not null,
    topic         text        not null,
    aggregate_key text        not null,
    headers       jsonb       not null,
    query         text        not null,
    body          bytea       not null,
    received_at   timestamptz not null,
    state         text        not null check (state in ('RECEIVED', 'PROCESSED', 'PARKED', 'IGNORED')),
    reason        text,
    waits_for     text,
    attempts      integer     not null default 0 check (attempts >= 0),
    next_try_at   timestamptz,
    done_at       timestamptz,
    seq           bigint      generated always as identity,
    unique (connection_id, delivery_id)
);
create index inbox_due on inbox (next_try_at) where next_try_at is not null;
create index inbox_waiting on inbox (connection_id, waits_for) where state = 'PARKED' and waits_for is not null;
create index inbox_newest on inbox (brand, seq desc);

create table poll_cursor (
    connection_id uuid        not null,
    kind          text        not null,
    since         timestamptz not null,
    primary key (connection_id, kind)
);

-- recent: the numbers that we wrote last, so that the shop's echo of our own write is known as one.
create table published_level (
    connection_id   uuid        not null,
    sku             text        not null,
    available       integer     check (available >= 0),
    version         bigint,
    published_at    timestamptz,
    recent          integer[]   not null default '{}',
    error           text,
    error_at        timestamptz,
    seen_at         timestamptz,
    drift_available integer,
    drift_reason    text,
    primary key (connection_id, sku),
    check ((available is null) = (version is null))
);

create table order_push (
    order_id      uuid        primary key,
    brand         text        not null,
    state         text        not null check (state in ('DUE', 'PUSHED', 'SKIPPED')),
    attempts      integer     not null default 0,
    next_try_at   timestamptz not null,
    last_error    text,
    connection_id uuid,
    external_id   text,
    created_at    timestamptz not null,
    done_at       timestamptz
);
create index order_push_due on order_push (next_try_at) where state = 'DUE';
