-- What commenters under a live asked for, until they were answered. DUE until then; SHOWN: held, and the host's to answer.
create table comment_order (
    id            uuid        primary key,
    connection_id uuid        not null,
    external_id   text        not null,
    brand         text        not null,
    channel       text        not null,
    show_id       uuid        not null,
    author        text        not null,
    sku           text        not null,
    title         text        not null,
    quantity      integer     not null check (quantity between 1 and 999),
    price_minor   bigint      not null,
    currency      char(3)     not null,
    pin_sku       text,
    said_at       timestamptz not null,
    state         text        not null check (state in ('DUE', 'ANSWERED', 'SHOWN', 'UNANSWERED', 'REFUSED')),
    reason        text,
    hold_id       uuid,
    held_until    timestamptz,
    attempts      integer     not null default 0,
    next_try_at   timestamptz not null,
    created_at    timestamptz not null,
    done_at       timestamptz,
    seq           bigint      generated always as identity,
    unique (connection_id, external_id),
    check ((hold_id is null) = (held_until is null))
);
create index comment_order_due on comment_order (next_try_at, seq) where state = 'DUE';
create index comment_order_newest on comment_order (show_id, seq desc);
create index comment_order_author on comment_order (show_id, channel, author);
