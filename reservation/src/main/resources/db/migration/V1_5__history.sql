-- A hold is created, may turn PAYING once, and ends: with this, its row tells when it was in which state.
alter table hold
    add column paying_at timestamptz;

-- How far the movements of a SKU have been added up again from the first one, and what that showed. No foreign key: writing
-- here must never wait for a row of stock.
create table stock_proof (
    brand       text        not null,
    sku         text        not null collate "C",
    -- The newest movement that is in the sums, and the version of the SKU that it completed.
    movement_id bigint      not null default 0,
    version     bigint      not null default 0,
    movements   bigint      not null default 0,
    on_hand     bigint      not null default 0,
    held        bigint      not null default 0,
    sold        bigint      not null default 0,
    allocated   bigint      not null default 0,
    -- The fewest free units there ever were.
    tightest    bigint,
    -- Since when it has held without a break; null while it is broken, and before the first movement.
    since       timestamptz,
    breaches    bigint      not null default 0,
    breach      text,
    breach_at   timestamptz,
    -- When the sums were last at the newest movement and compared with the counters; null until then.
    proved_at   timestamptz,
    primary key (brand, sku)
);
create index stock_proof_oldest on stock_proof (proved_at nulls first);

-- What has moved stays written: a mistake is put right by another movement.
create function stock_movement_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception '% of stock_movement: refused (expected: a new movement)', tg_op using errcode = '23514';
end $$;

create trigger stock_movement_is_append_only before update or delete or truncate on stock_movement
    for each statement execute function stock_movement_is_append_only();
