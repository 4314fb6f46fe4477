-- Money is minor units and an ISO 4217 code. Codes sort by byte, so that Java and SQL lock rows in one order.

create table stock (
    brand      text        not null,
    sku        text        not null collate "C",
    on_hand    integer     not null,
    held       integer     not null default 0,
    sold       integer     not null default 0,
    allocated  integer     not null default 0,
    version    bigint      not null default 0,
    updated_at timestamptz not null,
    primary key (brand, sku),
    constraint stock_never_negative check (on_hand >= 0 and held >= 0 and sold >= 0 and allocated >= 0),
    constraint stock_never_twice check (held::bigint + sold + allocated <= on_hand)
) with (fillfactor = 70);

create table allocation (
    brand   text    not null,
    sku     text    not null collate "C",
    channel text    not null,
    units   integer not null,
    primary key (brand, sku, channel),
    foreign key (brand, sku) references stock,
    constraint allocation_never_negative check (units >= 0)
);

create table hold (
    id              uuid        primary key,
    brand           text        not null,
    show_id         uuid        not null,
    idempotency_key text        not null,
    request_hash    bytea       not null,
    token_hash      bytea       not null unique,
    buyer           text,
    state           text        not null,
    created_at      timestamptz not null,
    expires_at      timestamptz not null,
    ended_at        timestamptz,
    attribution     jsonb       not null,
    unique (brand, idempotency_key),
    constraint hold_state check (state in ('HELD', 'PAYING', 'COMMITTED', 'RELEASED', 'EXPIRED'))
);

create index hold_live_of_brand on hold (brand, expires_at) where state in ('HELD', 'PAYING');
create index hold_due on hold (expires_at) where state in ('HELD', 'PAYING');

create table hold_line (
    hold_id    uuid     not null references hold,
    line_no    smallint not null,
    sku        text     not null collate "C",
    quantity   integer  not null,
    unit_minor bigint   not null,
    currency   char(3)  not null,
    primary key (hold_id, line_no),
    constraint hold_line_quantity check (quantity between 1 and 999)
);

-- Every movement of a unit: the deltas of a SKU sum to its counters in stock.
create table stock_movement (
    id        bigint      generated always as identity primary key,
    brand     text        not null,
    sku       text        not null collate "C",
    kind      text        not null,
    on_hand   integer     not null default 0,
    held      integer     not null default 0,
    sold      integer     not null default 0,
    allocated integer     not null default 0,
    version   bigint      not null,
    hold_id   uuid,
    channel   text,
    cause     text        not null,
    at        timestamptz not null,
    constraint stock_movement_kind check
        (kind in ('ON_HAND', 'HOLD', 'RELEASE', 'EXPIRE', 'COMMIT', 'SELL', 'RESTOCK', 'ALLOCATE'))
);

create index stock_movement_of_sku on stock_movement (brand, sku, id);
create index stock_movement_of_hold on stock_movement (hold_id) where hold_id is not null;
