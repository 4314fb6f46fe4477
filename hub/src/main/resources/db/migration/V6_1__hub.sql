create table brand (
    id         text primary key check (id ~ '^[a-z0-9-]{1,40}$'),
    name       text        not null,
    created_at timestamptz not null default now()
);

create table api_key (
    brand      text        not null,
    role       text        not null,
    name       text        not null,
    hash       bytea       not null unique,
    created_at timestamptz not null default now(),
    primary key (brand, role, name)
);

create table connection (
    id              uuid primary key,
    brand           text        not null,
    channel         text        not null,
    name            text        not null,
    -- Secrets are sealed with the rest, so that a dump tells nothing of a shop.
    sealed_settings bytea       not null,
    enabled         boolean     not null default true,
    checked_at      timestamptz,
    check_ok        boolean,
    check_detail    text,
    created_at      timestamptz not null default now()
);
create index connection_by_brand on connection (brand, created_at);

create table stream_target (
    id         uuid primary key,
    show_id    uuid        not null,
    brand      text        not null,
    name       text        not null,
    channel    text,
    sealed_url bytea       not null,
    created_at timestamptz not null default now()
);
create index stream_target_by_show on stream_target (show_id, created_at);
