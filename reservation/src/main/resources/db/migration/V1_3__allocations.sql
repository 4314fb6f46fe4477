-- An allocation is steady, or being made smaller: its channel is told target first (as of the stock's asked_version), and
-- what it gives up is free only at free_at, when the channel has confirmed and its orders under way have come in.
-- ceiling_now: the most it may have until after the show. on_air_since: since when the rebalancer has had it in hand.
alter table allocation
    add column state         text        not null default 'STEADY',
    add column target        integer,
    add column asked_version bigint,
    add column asked_at      timestamptz,
    add column free_at       timestamptz,
    add column ceiling_now   integer,
    add column on_air_since  timestamptz,
    add column balanced_at   timestamptz,
    add constraint allocation_state check (case state
        when 'STEADY' then target is null and asked_version is null and asked_at is null and free_at is null
        when 'SHRINKING' then target >= 0 and target < units and asked_version > 0 and asked_at is not null
            and free_at is null
        when 'DRAINING' then target >= 0 and target < units and asked_version > 0 and asked_at is not null
            and free_at is not null
        else false end),
    add constraint allocation_ceiling_now check (ceiling_now >= 0);

create index allocation_draining on allocation (free_at) where state = 'DRAINING';
create index allocation_on_air on allocation (brand, sku) where on_air_since is not null;

-- How a channel may sell a SKU; without a row it is mirrored. safety: units that the channel is not told of.
create table channel_policy (
    brand       text     not null,
    sku         text     not null collate "C",
    channel     text     not null,
    mode        text     not null,
    safety      integer  not null,
    floor       integer,
    ceiling     integer,
    aim_units   integer,
    aim_percent smallint,
    primary key (brand, sku, channel),
    foreign key (brand, sku) references stock,
    constraint channel_policy_safety check (safety >= 0),
    constraint channel_policy_mode check (case mode
        when 'ASK' then num_nonnulls(floor, ceiling, aim_units, aim_percent) = 0
        when 'MIRROR' then num_nonnulls(floor, ceiling, aim_units, aim_percent) = 0
        when 'ALLOCATE' then floor >= 0 and ceiling >= floor and num_nonnulls(aim_units, aim_percent) = 1
            and coalesce(aim_units, 0) >= 0 and coalesce(aim_percent, 0) between 0 and 100
        else false end)
);

-- How long orders of a channel may be under way before they reach us; without a row 30 s.
create table channel_in_flight (
    brand   text    not null,
    channel text    not null,
    millis  integer not null,
    primary key (brand, channel),
    constraint channel_in_flight_range check (millis between 0 and 3600000)
);

-- What was sold lately, per channel.
create index stock_movement_sold on stock_movement (brand, sku, at) where kind in ('SELL', 'COMMIT');

-- Which hub does a job that only one may do. until is the time of this database.
create table lease (
    name   text        primary key,
    holder text        not null,
    term   bigint      not null,
    until  timestamptz not null
);

-- A sale that a channel made without units. cause is the sale's. done_at: it has its units, or was called off.
create table shortfall (
    brand       text        not null,
    cause       text        not null,
    channel     text        not null,
    state       text        not null,
    remedies    text[]      not null,
    opened_at   timestamptz not null,
    remedy      text,
    remedy_by   text,
    note        text,
    resolved_at timestamptz,
    done_at     timestamptz,
    primary key (brand, cause),
    constraint shortfall_state check
        (state = 'OPEN' and num_nonnulls(remedy, remedy_by, note, resolved_at) = 0
            or state = 'RESOLVED' and num_nonnulls(remedy, remedy_by, note, resolved_at) = 4)
);

create index shortfall_open on shortfall (brand, opened_at) where state = 'OPEN';
create index shortfall_waiting on shortfall (resolved_at) where state = 'RESOLVED' and done_at is null;

create table shortfall_line (
    brand     text    not null,
    cause     text    not null,
    sku       text    not null collate "C",
    asked     integer not null,
    available integer not null,
    primary key (brand, cause, sku),
    foreign key (brand, cause) references shortfall,
    constraint shortfall_line_units check (available >= 0 and asked > available)
);
