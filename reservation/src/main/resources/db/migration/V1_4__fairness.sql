-- What a hold takes from stock, per SKU in order: its lines with every bundle replaced by its components. In the hold's own
-- row, because it is written with it and never changes.
alter table hold
    add column skus  text[]    collate "C" not null default '{}',
    add column units integer[] not null default '{}',
    add constraint hold_units check (cardinality(skus) = cardinality(units));

update hold h set skus = taken.skus, units = taken.units
    from (select hold_id, array_agg(sku order by sku) as skus, array_agg(units order by sku) as units
        from (select hold_id, sku, sum(quantity)::integer as units from hold_line group by hold_id, sku) summed
        group by hold_id) taken
    where taken.hold_id = h.id;

-- What a buyer has in a show, for the cap of a SKU.
create index hold_of_buyer on hold (brand, show_id, buyer)
    where buyer is not null and state in ('HELD', 'PAYING', 'COMMITTED');

-- One sellable SKU that has no stock of its own: so many units of each component. A component has stock, so no bundle is
-- inside another.
create table bundle (
    brand     text    not null,
    sku       text    not null collate "C",
    component text    not null collate "C",
    units     integer not null,
    primary key (brand, sku, component),
    foreign key (brand, component) references stock (brand, sku),
    constraint bundle_units check (units between 1 and 99 and component <> sku)
);

create index bundle_of_component on bundle (brand, component);

-- Grows with each change of a bundle of the brand: a grant that was worked out with older ones is worked out again.
alter table pool
    add column bundles bigint not null default 0;

-- waiting: entries of the waitlist that wait; while there are any, free units are theirs. The rest are the rules of a hot drop.
alter table stock
    add column waiting        integer  not null default 0,
    add column fair           boolean  not null default false,
    add column paying_percent smallint not null default 20,
    add column buyer_cap      integer,
    add column buyer_needed   boolean  not null default false,
    add constraint stock_rules check (waiting >= 0 and paying_percent between 1 and 100 and buyer_cap >= 1);

alter table stock_movement
    drop constraint stock_movement_kind,
    add constraint stock_movement_kind check (kind in ('ON_HAND', 'HOLD', 'RELEASE', 'EXPIRE', 'COMMIT', 'SELL', 'RESTOCK',
        'ALLOCATE', 'WAITLIST', 'RULES'));

-- Who waits for units of a SKU, first come first served. The hold that an entry will become is named when it is made, so that
-- whoever frees a unit can write it in the same transaction. Entries change under the lock of their row of stock.
create table waitlist (
    id              uuid        primary key,
    place           bigint      generated always as identity,
    brand           text        not null,
    sku             text        not null collate "C",
    show_id         uuid        not null,
    idempotency_key text        not null,
    request_hash    bytea       not null,
    buyer           text,
    quantity        integer     not null,
    unit_minor      bigint      not null,
    currency        char(3)     not null,
    attribution     jsonb       not null,
    hold_id         uuid        not null,
    hold_key        text        not null,
    token_hash      bytea       not null,
    state           text        not null default 'WAITING',
    joined_at       timestamptz not null,
    ended_at        timestamptz,
    unique (brand, idempotency_key),
    foreign key (brand, sku) references stock,
    constraint waitlist_state check (state in ('WAITING', 'OFFERED', 'LEFT', 'DROPPED')
        and (state = 'WAITING') = (ended_at is null)),
    constraint waitlist_quantity check (quantity between 1 and 999)
);

create index waitlist_waiting on waitlist (brand, sku, place) where state = 'WAITING';
create unique index waitlist_once on waitlist (brand, show_id, sku, buyer) where state = 'WAITING' and buyer is not null;
