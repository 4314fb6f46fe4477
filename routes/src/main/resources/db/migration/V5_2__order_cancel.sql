-- Orders that a channel is asked to call off, until it has said yes or no. cause is that of the sale without units.
create table order_cancel (
    brand       text        not null,
    cause       text        not null,
    order_id    uuid        not null,
    reason      text        not null,
    state       text        not null check (state in ('DUE', 'DONE', 'REFUSED')),
    attempts    integer     not null default 0,
    next_try_at timestamptz not null,
    last_error  text,
    created_at  timestamptz not null,
    done_at     timestamptz,
    primary key (brand, cause)
);
create index order_cancel_due on order_cancel (next_try_at) where state = 'DUE';
