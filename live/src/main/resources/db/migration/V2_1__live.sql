-- Shows, what they sell, and what was pinned when. Times are UTC; money is integer minor units.

create table product (
    brand       text        not null,
    sku         text        not null,
    title       text        not null,
    price_minor bigint      not null check (price_minor >= 0),
    currency    char(3)     not null,
    image_url   text,
    updated_at  timestamptz not null,
    primary key (brand, sku)
);

-- How each connected shop knows a product. Ids are opaque text: some exceed 2^53, some are URNs.
create table listing (
    connection_id uuid   not null,
    sku           text   not null,
    brand         text   not null,
    title         text   not null,
    price_minor   bigint not null,
    currency      char(3) not null,
    image_url     text,
    external_id   text   not null,
    stock_ref     text,
    on_hand       integer check (on_hand >= 0),
    primary key (connection_id, sku),
    unique (connection_id, external_id),
    foreign key (brand, sku) references product
);
create index listing_stock_ref on listing (connection_id, stock_ref) where stock_ref is not null;

create table show (
    id                uuid        primary key,
    brand             text        not null,
    slug              text        not null unique check (slug ~ '^[a-z0-9-]{3,80}$'),
    title             text        not null check (char_length(title) between 1 and 200),
    host              text        not null check (char_length(host) between 1 and 100),
    state             text        not null check (state in ('PLANNED', 'LIVE', 'ENDED')),
    starts_at         timestamptz,
    started_at        timestamptz,
    ended_at          timestamptz,
    -- Sealed so that the operator can be shown the key again; hashed so that an encoder's key can be looked up.
    stream_key_sealed bytea,
    stream_key_hash   bytea unique check (octet_length(stream_key_hash) = 32),
    created_at        timestamptz not null,
    check ((state = 'PLANNED') = (started_at is null)),
    check ((state = 'ENDED') = (ended_at is not null)),
    check ((stream_key_sealed is null) = (stream_key_hash is null))
);
create index show_newest on show (brand, created_at desc);
create index show_on_air on show (brand, started_at desc) where started_at is not null;

create table show_product (
    show_id  uuid    not null references show,
    sku      text    not null,
    position integer not null check (position between 0 and 199),
    primary key (show_id, sku),
    unique (show_id, position)
);

create table pin (
    id                uuid        primary key,
    show_id           uuid        not null references show,
    sku               text        not null,
    since             timestamptz not null,
    until             timestamptz check (until >= since),
    media_time_millis bigint      not null check (media_time_millis >= 0)
);
create unique index pin_one_open on pin (show_id) where until is null;
create index pin_by_time on pin (show_id, since desc);

-- until is what the producer asked for; ended_at is when something else took its place.
create table flash_price (
    id          uuid        primary key,
    show_id     uuid        not null references show,
    sku         text        not null,
    price_minor bigint      not null check (price_minor > 0),
    currency    char(3)     not null,
    since       timestamptz not null,
    until       timestamptz check (until > since),
    ended_at    timestamptz
);
create unique index flash_price_one_open on flash_price (show_id, sku) where ended_at is null;

create table chat_message (
    id      uuid        primary key,
    show_id uuid        not null references show,
    sender  text        not null,
    name    text        not null check (char_length(name) between 1 and 40),
    text    text        not null check (char_length(text) between 1 and 500),
    at      timestamptz not null,
    seq     bigint      generated always as identity
);
create index chat_newest on chat_message (show_id, seq desc);
