-- What a platform paid out or announced, as it states it now, with its lines. Not in the journal.
create table settlement (
    connection_id uuid        not null,
    external_id   text        not null,
    brand         text        not null,
    channel       text        not null,
    stated_at     timestamptz not null,
    -- Null while it is only announced.
    paid_at       timestamptz,
    amount_minor  bigint      not null,
    currency      char(3)     not null,
    read_at       timestamptz not null,
    primary key (connection_id, external_id)
);
create index settlement_newest on settlement (brand, stated_at desc, external_id);

create table settlement_line (
    connection_id     uuid    not null,
    external_id       text    not null,
    position          integer not null,
    order_external_id text,
    kind              text    not null,
    amount_minor      bigint  not null,
    primary key (connection_id, external_id, position),
    foreign key (connection_id, external_id) references settlement on delete cascade
);
create index settlement_line_of_order on settlement_line (connection_id, order_external_id)
    where order_external_id is not null;
