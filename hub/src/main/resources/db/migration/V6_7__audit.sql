-- Who did what when, where the act leaves no rows of its own that stay: routes have route_version and route_decision, maps have
-- mapping_override. Nothing here is ever changed.
create table audit (
    id      bigint      generated always as identity primary key,
    brand   text        not null,
    act     text        not null check (act ~ '^[A-Z_]{3,40}$'),
    -- What it was done to, as its own page names it.
    subject text        not null check (length(subject) <= 200),
    -- The key's role and name, before it the person's where they gave one; never the key.
    by      text        not null,
    words   text        not null check (length(words) <= 500),
    at      timestamptz not null
);
create index audit_newest on audit (brand, at desc);

create function audit_stays() returns trigger language plpgsql as $$
begin
    raise exception '% is only added to', tg_table_name;
end $$;
create trigger audit_stays before update or delete on audit for each row execute function audit_stays();
create trigger audit_stays_whole before truncate on audit for each statement execute function audit_stays();
create trigger mapping_override_stays before update or delete on mapping_override
    for each row execute function audit_stays();
