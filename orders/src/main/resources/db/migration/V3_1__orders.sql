-- Orders from everywhere, and the double-entry journal that every report reads. Money is integer minor units.

create table orders (
    id                    uuid        primary key,
    brand                 text        not null,
    channel               text        not null,
    connection_id         uuid,
    external_id           text,
    state                 text        not null check (state in ('PENDING', 'PAID', 'SHORT', 'CANCELLED', 'REFUNDED')),
    placed_at             timestamptz not null,
    -- The channel's own clock of the newest statement; never ours.
    updated_at            timestamptz not null,
    total_minor           bigint      not null,
    currency              char(3)     not null,
    email                 text,
    address               jsonb       not null default '{}',
    show_id               uuid,
    host                  text,
    pin_sku               text,
    media_time_millis     bigint,
    replay                boolean     not null default false,
    campaign              jsonb       not null default '{}',
    attributed_at         timestamptz not null,
    attribution_rule      text        not null,
    evidence              jsonb       not null default '{}',
    hold_id               uuid        unique,
    gateway               text,
    payment_reference     text,
    backend_connection_id uuid,
    backend_order_id      text,
    -- Whether units were taken from stock, and whether the sale is in the journal: SHORT alone says neither.
    units_taken           boolean     not null,
    booked                boolean     not null,
    cancel_reason         text,
    recorded_at           timestamptz not null,
    unique (connection_id, external_id),
    unique (backend_connection_id, backend_order_id),
    check ((connection_id is null) = (external_id is null)),
    check ((connection_id is null) = (hold_id is not null)),
    check ((backend_connection_id is null) = (backend_order_id is null)),
    check (state not in ('PAID', 'REFUNDED') or booked)
);
create index orders_newest on orders (brand, placed_at desc, id desc);
create index orders_of_show on orders (show_id, placed_at desc, id desc) where show_id is not null;

create table order_line (
    order_id     uuid    not null references orders,
    position     integer not null,
    sku          text    not null,
    quantity     integer not null check (quantity > 0),
    unit_minor   bigint  not null,
    external_ids jsonb   not null default '[]',
    primary key (order_id, position)
);

create table order_refund (
    connection_id uuid        not null,
    external_id   text        not null,
    order_id      uuid        not null references orders,
    amount_minor  bigint      not null check (amount_minor >= 0),
    refunded_at   timestamptz not null,
    -- Units put back on sale, by SKU.
    restocked     jsonb       not null default '{}',
    primary key (connection_id, external_id)
);
create index order_refund_of_order on order_refund (order_id);

create table journal_entry (
    id              uuid        primary key,
    brand           text        not null,
    order_id        uuid        not null references orders,
    kind            text        not null check (kind in ('sale', 'reversal', 'refund')),
    idempotency_key text        not null unique,
    -- When it happened in the world; recorded_at is when we wrote it down.
    at              timestamptz not null,
    recorded_at     timestamptz not null
);
create index journal_entry_period on journal_entry (brand, at);
create index journal_entry_of_order on journal_entry (order_id);

-- Debit is positive, credit negative. units counts what was sold (postings of sales only).
create table posting (
    entry_id     uuid    not null references journal_entry,
    position     integer not null,
    account      text    not null,
    amount_minor bigint  not null,
    currency     char(3) not null,
    units        bigint  not null default 0,
    channel      text    not null,
    show_id      uuid,
    host         text,
    sku          text,
    primary key (entry_id, position)
);
create index posting_of_show on posting (show_id, currency) where show_id is not null;

create function journal_balances() returns trigger language plpgsql as $$
declare
    entry uuid := case tg_table_name when 'posting' then (to_jsonb(new) ->> 'entry_id')::uuid
                                     else (to_jsonb(new) ->> 'id')::uuid end;
    off   text;
begin
    if not exists (select 1 from posting where entry_id = entry) then
        raise exception 'journal entry %: has no postings (expected: at least two)', entry using errcode = '23514';
    end if;
    select string_agg(c.currency || ' ' || c.total, ', ') into off
    from (select currency, sum(amount_minor) as total from posting where entry_id = entry
          group by currency having sum(amount_minor) <> 0) c;
    if off is not null then
        raise exception 'journal entry %: sums to % in minor units (expected: 0 per currency)', entry, off
            using errcode = '23514';
    end if;
    return null;
end $$;

create constraint trigger posting_balances after insert on posting
    deferrable initially deferred for each row execute function journal_balances();
create constraint trigger journal_entry_balances after insert on journal_entry
    deferrable initially deferred for each row execute function journal_balances();

create function journal_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception '% of %: refused (expected: a new entry that reverses the old one)', tg_op, tg_table_name
        using errcode = '23514';
end $$;

create trigger journal_entry_is_append_only before update or delete or truncate on journal_entry
    for each statement execute function journal_is_append_only();
create trigger posting_is_append_only before update or delete or truncate on posting
    for each statement execute function journal_is_append_only();
