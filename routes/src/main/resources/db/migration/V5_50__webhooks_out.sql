-- Webhooks to the brand's own systems. Times are UTC.

-- What the hub's own routes read has topics of its own; the old names now carry what others may read. Rows that are still here
-- go out once more under the new names: their readers know what they have seen.
update outbox set topic = replace(topic, 'weir.', 'weir.internal.'), sent_at = null
where topic in ('weir.stock.v1', 'weir.orders.v1', 'weir.shows.v1');

create table hook_endpoint (
    id               uuid        primary key,
    brand            text        not null,
    -- The caller's own key of the creation, so that a repeated call creates once.
    request_key      text,
    name             text        not null,
    url              text        not null,
    types            text[]      not null,
    -- Sealed. The old one signs beside the new one until then.
    secret           bytea       not null,
    old_secret       bytea,
    old_secret_until timestamptz,
    is_on            boolean     not null default true,
    off_at           timestamptz,
    -- Why the hub switched it off; null when the operator did.
    needs_you        text,
    -- Since when nothing got through; null while things do.
    failing_since    timestamptz,
    created_at       timestamptz not null,
    unique (brand, request_key),
    check ((old_secret is null) = (old_secret_until is null)),
    check (is_on = (off_at is null)),
    check (needs_you is null or not is_on)
);
create index hook_endpoint_of_brand on hook_endpoint (brand, created_at);

-- What was told, kept for replay: only of brands that have an endpoint for it.
create table hook_event (
    id       text        primary key,
    brand    text        not null,
    type     text        not null,
    subject  text        not null,
    -- Whether a newer one of the same subject makes it worthless.
    is_level boolean     not null,
    sequence bigint      not null,
    at       timestamptz not null,
    body     text        not null
);
create index hook_event_replay on hook_event (brand, at);
create index hook_event_age on hook_event (at);
create index hook_event_level on hook_event (brand, subject, sequence) where is_level;

create table hook_delivery (
    id          bigint      generated always as identity primary key,
    endpoint_id uuid        not null references hook_endpoint on delete cascade,
    event_id    text        not null references hook_event on delete cascade,
    -- STALE: a newer level of the same subject is delivered in its place.
    state       text        not null check (state in ('DUE', 'DONE', 'FAILED', 'STALE')),
    attempts    integer     not null default 0 check (attempts >= 0),
    at          timestamptz not null,
    next_at     timestamptz not null,
    -- Who has it in hand has it until then.
    taken_until timestamptz,
    done_at     timestamptz,
    unique (endpoint_id, event_id)
);
create index hook_delivery_due on hook_delivery (endpoint_id, next_at) where state = 'DUE';
create index hook_delivery_newest on hook_delivery (endpoint_id, id desc);
create index hook_delivery_of_event on hook_delivery (event_id);

create table hook_attempt (
    id          bigint      generated always as identity primary key,
    delivery_id bigint      not null references hook_delivery on delete cascade,
    at          timestamptz not null,
    millis      bigint      not null,
    status      integer,
    -- Why it failed; null when it did not.
    error       text,
    answer      text        not null
);
create index hook_attempt_of on hook_attempt (delivery_id, id);
