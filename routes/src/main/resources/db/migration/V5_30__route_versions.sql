-- What the routes were, are and may become. Version 0 of a route is the one that ships; it has no row. Nothing here is ever
-- changed: what is in force is what the newest decision says.
create table route_version (
    route    text        not null,
    version  integer     not null check (version > 0),
    -- The version that was in force when this one was written, and that it goes back to.
    based_on integer     not null check (based_on >= 0),
    yaml     text        not null,
    author   text        not null,
    note     text,
    diff     text        not null,
    -- How the rehearsal ended.
    verdict  jsonb       not null,
    at       timestamptz not null,
    primary key (route, version)
);

create table route_decision (
    seq     bigint      generated always as identity primary key,
    route   text        not null,
    version integer     not null,
    kind    text        not null check (kind in ('APPROVED', 'APPLIED', 'ROLLED_BACK')),
    by      text        not null,
    at      timestamptz not null
);
create index route_decision_newest on route_decision (route, seq desc);

create function route_history_stays() returns trigger language plpgsql as $$
begin
    raise exception '% is only added to', tg_table_name;
end $$;
create trigger route_version_stays before update or delete on route_version
    for each row execute function route_history_stays();
create trigger route_decision_stays before update or delete on route_decision
    for each row execute function route_history_stays();

-- What each hub runs of it; a row is renewed when that changes, and every minute.
create table route_standing (
    hub     text        not null,
    route   text        not null,
    version integer     not null,
    refusal text,
    at      timestamptz not null,
    primary key (hub, route)
);
