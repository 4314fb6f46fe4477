-- Units that may be promised beyond what is on hand, and from when they can be sent if that is known.
alter table stock
    add column pre_order  integer not null default 0,
    add column ships_from date,
    drop constraint stock_never_twice,
    add constraint stock_never_twice check (held::bigint + sold + allocated <= on_hand::bigint + pre_order),
    add constraint stock_pre_order check (pre_order >= 0 and on_hand::bigint + pre_order <= 2147483647);

-- What buyers were told when they held: [{sku, units, shipsFrom}], null when all of it was on hand.
alter table hold
    add column pre_order jsonb;

-- So that the movements still prove the promise at every moment.
alter table stock_movement
    add column pre_order integer not null default 0,
    drop constraint stock_movement_kind,
    add constraint stock_movement_kind check (kind in ('ON_HAND', 'HOLD', 'RELEASE', 'EXPIRE', 'COMMIT', 'SELL', 'RESTOCK',
        'ALLOCATE', 'WAITLIST', 'RULES', 'PRE_ORDER'));

alter table stock_proof
    add column pre_order bigint not null default 0;
