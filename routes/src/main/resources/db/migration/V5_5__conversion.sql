-- Purchases that a platform brought, until it was told of them. next_try_at null: not by itself.
create table conversion (
    order_id      uuid        not null,
    connection_id uuid        not null,
    brand         text        not null,
    state         text        not null check (state in ('DUE', 'TOLD', 'SKIPPED', 'PARKED')),
    attempts      integer     not null default 0,
    next_try_at   timestamptz,
    reason        text,
    created_at    timestamptz not null,
    done_at       timestamptz,
    primary key (order_id, connection_id)
);
create index conversion_due on conversion (next_try_at) where state in ('DUE', 'PARKED') and next_try_at is not null;
create index conversion_newest on conversion (brand, created_at desc);
