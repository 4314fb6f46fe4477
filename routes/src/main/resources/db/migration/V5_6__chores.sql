-- What is done at a connected shop now and then. A hub that takes one up has it until busy_until; next_try_at may be moved nearer
-- meanwhile, so that what changed during a run is not missed. mark is from when on the next run reads.
create table connection_chore (
    connection_id uuid        not null,
    kind          text        not null check (kind in ('SUBSCRIPTIONS', 'ORDERS', 'CATALOGUE', 'SETTLEMENTS')),
    mark          timestamptz not null,
    next_try_at   timestamptz not null,
    busy_until    timestamptz,
    attempts      integer     not null default 0 check (attempts >= 0),
    done_at       timestamptz,
    found         text,
    error         text,
    error_at      timestamptz,
    primary key (connection_id, kind)
);
create index connection_chore_due on connection_chore (next_try_at);
