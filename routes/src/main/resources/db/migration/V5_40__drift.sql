-- What differs between us and the shops: one row for each difference from the run that found it first until it is gone. At most one of a
-- subject is alive. expected and seen are numbers for STOCK, words else; told is what the shop took last, missed what orders that we did
-- not have sold of it. Money is in minor units. run_id is the run that saw it last.
create table drift (
    id            uuid        primary key,
    seq           bigint      generated always as identity,
    brand         text        not null,
    connection_id uuid        not null,
    kind          text        not null check (kind in ('STOCK', 'ORDER', 'LISTING')),
    subject       text        not null,
    expected      text        not null,
    seen          text        not null,
    told          integer,
    missed        integer     not null default 0,
    missed_by     text[]      not null default '{}',
    missed_young  boolean     not null default false,
    cause         text        not null,
    words         text        not null,
    remedy        text        not null check (remedy in ('HEAL', 'ASK', 'WAIT')),
    worth         bigint,
    currency      text,
    since         timestamptz not null,
    last_seen     timestamptz not null,
    times         integer     not null default 1 check (times >= 1),
    state         text        not null check (state in ('OPEN', 'ASKS', 'HEALED', 'REVERTED', 'GONE')),
    ended_at      timestamptz,
    run_id        uuid        not null,
    check ((worth is null) = (currency is null))
);
create unique index drift_alive on drift (connection_id, kind, subject) where state in ('OPEN', 'ASKS', 'REVERTED');
create index drift_newest on drift (brand, seq desc);
create index drift_of_run on drift (run_id, kind, state);

-- What a heal wrote over what. DUE is written before the shop is told, so that a heal whose answer was lost is known as ours.
create table drift_heal (
    drift_id      uuid        primary key references drift (id),
    before        integer     not null,
    after         integer     not null,
    state         text        not null check (state in ('DUE', 'DONE', 'REFUSED', 'UNDONE')),
    reason        text,
    healed_by     text        not null,
    at            timestamptz not null,
    done_at       timestamptz,
    undone_by     text,
    undone_at     timestamptz
);

-- One comparison of one shop. turn is who carries on: a later one takes over from an earlier.
create table drift_run (
    id            uuid        primary key,
    brand         text        not null,
    connection_id uuid        not null,
    mode          text        not null check (mode in ('HEAL', 'REPORT', 'BACKFILL')),
    forced        boolean     not null,
    listings      boolean     not null,
    asked_by      text        not null,
    asked_at      timestamptz not null,
    state         text        not null check (state in ('WAITING', 'RUNNING', 'DONE', 'FAILED')),
    phase         text        not null check (phase in ('STOCK', 'ORDERS', 'LISTINGS', 'HEAL')),
    after         text        not null default '',
    turn          integer     not null default 0,
    began_at      timestamptz,
    moved_at      timestamptz,
    ended_at      timestamptz,
    skus          bigint      not null default 0,
    orders        bigint      not null default 0,
    shown         bigint      not null default 0,
    found         bigint      not null default 0,
    gone          bigint      not null default 0,
    held_back     text,
    trouble       text,
    seq           bigint      generated always as identity
);
create unique index drift_run_alive on drift_run (connection_id) where state in ('WAITING', 'RUNNING');
create index drift_run_newest on drift_run (brand, seq desc);

-- How a shop that follows us showed a product when we looked first after sending it: platforms write titles and pictures anew, so what it
-- shows is held against what it showed. run_id is the run that saw the listing last.
create table listing_seen (
    connection_id uuid        not null,
    sku           text        not null,
    digest        text        not null,
    at            timestamptz not null,
    run_id        uuid        not null,
    primary key (connection_id, sku)
);

alter table connection_chore drop constraint connection_chore_kind_check;
alter table connection_chore add constraint connection_chore_kind_check
    check (kind in ('SUBSCRIPTIONS', 'ORDERS', 'CATALOGUE', 'SETTLEMENTS', 'DRIFT'));
