-- What left for an order, and who said so: a connection's id, or 'operator'. Told again, it only fills in what was not known.
create table order_shipment (
    id          uuid        primary key,
    order_id    uuid        not null references orders,
    source      text        not null,
    external_id text        not null,
    shipped_at  timestamptz not null,
    carrier     text,
    tracking    text,
    link        text,
    -- [{sku, quantity, unitMinor, currency, externalIds}]; empty for everything that had not left yet.
    lines       jsonb       not null default '[]',
    recorded_at timestamptz not null,
    unique (order_id, source, external_id)
);

-- When the buyer's e-mail and address were erased at the buyer's wish; what comes later does not bring them back.
alter table orders add column erased_at timestamptz;
create index orders_of_connection on orders (connection_id) where email is not null;
create index orders_of_backend on orders (backend_connection_id) where email is not null;
