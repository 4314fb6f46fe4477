-- What buyers asked through a platform, until it is answered. email is emptied by the answer.
create table privacy_request (
    id                 uuid        primary key,
    inbox_id           uuid        not null,
    brand              text        not null,
    connection_id      uuid        not null,
    channel            text        not null,
    kind               text        not null check (kind in ('DISCLOSE', 'ERASE', 'ERASE_SHOP')),
    email              text,
    order_external_ids text[]      not null default '{}',
    asked_at           timestamptz not null,
    due_at             timestamptz not null,
    -- When the hub looks at it again; null when only a person can go on.
    next_try_at        timestamptz,
    orders             integer     not null default 0,
    deliveries         integer     not null default 0,
    waits              text,
    answered_at        timestamptz,
    answered_by        text,
    unique (inbox_id, kind)
);
create index privacy_request_due on privacy_request (next_try_at) where answered_at is null and next_try_at is not null;
create index privacy_request_newest on privacy_request (brand, asked_at desc);

-- When headers and body were erased at a buyer's wish: such a delivery cannot be handled again.
alter table inbox add column erased_at timestamptz;
