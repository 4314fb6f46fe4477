-- Grows with every change of the settings, so that a reader can tell which of two it holds.
alter table connection add column version bigint not null default 1;
-- Entered in part, the rest comes with the operator's consent at the platform; nothing uses it before.
alter table connection add column unfinished boolean not null default false;
-- Secrets that were replaced while the old one is still accepted: setting -> since when.
alter table connection add column rotating jsonb not null default '{}';

-- What is known of a connection's access; its row's lock is what lets one hub refresh at a time.
create table connection_grant (
    connection_id   uuid primary key references connection (id) on delete cascade,
    seen_version    bigint      not null default 0,
    access_ends     timestamptz,
    grant_ends      timestamptz,
    refresh_at      timestamptz,
    asked_at        timestamptz,
    refreshed_at    timestamptz,
    failures        integer     not null default 0,
    trouble         text,
    refused         text,
    -- False once the platform said that there is nothing to refresh: the access ends when it ends.
    renewable       boolean     not null default true,
    -- Settings that the platform gave, and what they were before the last refresh.
    given           text[]      not null default '{}',
    sealed_previous bytea,
    consent_at      timestamptz,
    consent_ok      boolean,
    consent_detail  text
);
create index connection_grant_due on connection_grant (refresh_at) where refresh_at is not null;

create table connection_consent (
    -- Only hashes: who reads the table can finish nobody's consent.
    state_hash    bytea primary key,
    browser_hash  bytea       not null,
    connection_id uuid        not null references connection (id) on delete cascade,
    brand         text        not null,
    ends_at       timestamptz not null,
    used_at       timestamptz
);
create index connection_consent_ends on connection_consent (ends_at);
