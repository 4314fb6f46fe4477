-- One row a hold at most: the unique hold_id is what makes a second tap on "pay" the same checkout.
create table checkout (
    id                uuid        primary key,
    brand             text        not null,
    hold_id           uuid        not null unique,
    state             text        not null check (state in ('OPEN', 'AUTHORISED', 'PAID', 'CANCELLED', 'EXPIRED', 'FAILED')),
    -- Decided before the gateway is asked to cancel, so that a crash in between keeps the decision.
    ending            text        check (ending in ('CANCELLED', 'EXPIRED')),
    total_minor       bigint      not null check (total_minor >= 0),
    currency          char(3)     not null,
    gateway           text        not null,
    payment_reference text        unique,
    client_secret     text,
    email             text        not null,
    address           jsonb       not null,
    order_id          uuid        unique,
    reason            text,
    attempts          integer     not null default 0,
    expires_at        timestamptz not null,
    checked_at        timestamptz not null,
    next_check_at     timestamptz not null,
    created_at        timestamptz not null,
    updated_at        timestamptz not null,
    constraint checkout_order_once_booked check (state not in ('AUTHORISED', 'PAID') or order_id is not null)
);

create index checkout_unfinished on checkout (next_check_at) where state in ('OPEN', 'AUTHORISED');
