-- What only a person can help is dead, and no longer parked.
alter table inbox drop constraint inbox_state_check;
alter table inbox add constraint inbox_state_check
    check (state in ('RECEIVED', 'PROCESSED', 'PARKED', 'DEAD', 'IGNORED'));
update inbox set state = 'DEAD' where state = 'PARKED' and next_try_at is null and waits_for is null;

-- The boards, oldest first, and what reaches the end of its time. Neither has an entry for a row that was just stored.
drop index inbox_parked;
create index inbox_aside on inbox (received_at) where state in ('PARKED', 'DEAD');
create index inbox_board on inbox (brand, state, received_at, seq) where state in ('PARKED', 'DEAD');

-- Edited copies of a body: the newest is handled, inbox.body stays as the platform signed it.
create table inbox_repair (
    inbox_id uuid        not null references inbox (id) on delete cascade,
    n        integer     not null check (n >= 1),
    body     bytea       not null check (octet_length(body) <= 65536),
    by       text        not null,
    note     text        check (length(note) <= 500),
    at       timestamptz not null,
    primary key (inbox_id, n)
);

-- Whoever erases a body, for whatever reason, erases its copies.
create function inbox_repair_goes() returns trigger language plpgsql as $$
begin
    delete from inbox_repair where inbox_id = new.id;
    return null;
end $$;
create trigger inbox_repair_goes after update of erased_at on inbox for each row
    when (old.erased_at is null and new.erased_at is not null) execute function inbox_repair_goes();
