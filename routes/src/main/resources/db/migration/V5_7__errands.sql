-- What one shop still has to be told, until it has taken it or said no: a shipment, a price, a listing, a refund. key is what makes
-- it one errand; version grows each time that it is asked for anew, so that the end of an older try does not end the newer one.
create table channel_errand (
    kind          text        not null check (kind in ('SHIP', 'PRICE', 'LISTING', 'REFUND')),
    connection_id uuid        not null,
    key           text        not null,
    brand         text        not null,
    order_id      uuid,
    -- What is told beside the key; empty where it is read when it is told.
    payload       jsonb       not null default '{}',
    version       bigint      not null default 1,
    state         text        not null check (state in ('DUE', 'DONE', 'REFUSED')),
    attempts      integer     not null default 0 check (attempts >= 0),
    next_try_at   timestamptz not null,
    last_error    text,
    external_id   text,
    created_at    timestamptz not null,
    done_at       timestamptz,
    primary key (kind, connection_id, key)
);
create index channel_errand_due on channel_errand (next_try_at) where state = 'DUE';
create index channel_errand_of_order on channel_errand (order_id) where order_id is not null;
create index channel_errand_refused on channel_errand (brand, done_at desc) where state = 'REFUSED';
