-- What a backend called off of an order that was handed over to it, so that it counts once. part is in its words; empty for all of it.
create table order_called_off (
    order_id      uuid        not null references orders,
    connection_id uuid        not null,
    part          text        not null,
    recorded_at   timestamptz not null,
    primary key (order_id, connection_id, part)
);
