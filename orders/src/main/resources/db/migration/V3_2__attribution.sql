-- Who earned an order, each time that was decided: a later decision is a new revision, never a change of an old one. What
-- the journal was booked under stands in orders.
create table order_attribution (
    order_id          uuid        not null references orders,
    revision          integer     not null check (revision >= 1),
    -- The set of rules that decided; 0 when the hold itself said it.
    ruleset           integer     not null check (ruleset >= 0),
    rule              text        not null,
    show_id           uuid,
    host              text,
    pin_sku           text,
    media_time_millis bigint,
    replay            boolean     not null default false,
    campaign          jsonb       not null default '{}',
    reason            text        not null,
    -- What the other rules of the set would have said, in their order.
    losers            jsonb       not null default '[]',
    evidence          jsonb       not null default '{}',
    cause             text        not null,
    run_id            uuid,
    decided_at        timestamptz not null,
    primary key (order_id, revision)
);
create index order_attribution_of_run on order_attribution (run_id) where run_id is not null;

insert into order_attribution (order_id, revision, ruleset, rule, show_id, host, pin_sku, media_time_millis, replay,
                               campaign, reason, evidence, cause, decided_at)
select id, 1, case when hold_id is null then 1 else 0 end, attribution_rule, show_id, host, pin_sku, media_time_millis,
       replay, campaign, 'decided before reasons were kept', evidence, 'booked', recorded_at
from orders;

create trigger order_attribution_is_append_only before update or delete or truncate on order_attribution
    for each statement execute function journal_is_append_only();

-- Which set of rules decides a brand's new orders; the first when there is no row.
create table attribution_in_force (
    brand   text        primary key,
    ruleset integer     not null check (ruleset >= 1),
    since   timestamptz not null
);

-- A new set of rules over old orders, carried on batch by batch by whichever hub locks the row.
create table attribution_run (
    id          uuid        primary key,
    brand       text        not null,
    ruleset     integer     not null check (ruleset >= 1),
    from_at     timestamptz not null,
    to_at       timestamptz not null,
    state       text        not null check (state in ('RUNNING', 'DONE')),
    total       bigint      not null,
    done        bigint      not null default 0,
    changed     bigint      not null default 0,
    -- The last order that was judged.
    after_at    timestamptz not null,
    after_id    uuid        not null,
    started_at  timestamptz not null,
    finished_at timestamptz
);
create index attribution_run_of_brand on attribution_run (brand, started_at desc);
create index attribution_run_open on attribution_run (started_at) where state = 'RUNNING';
create index orders_without_hold on orders (brand, placed_at, id) where hold_id is null;
