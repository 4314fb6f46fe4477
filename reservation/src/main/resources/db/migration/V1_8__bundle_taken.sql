-- What a bundle was made of when a hold or a sale took it: that is what goes back, whatever it is made of by then.
create table bundle_taken (
    brand     text    not null,
    cause     text    not null collate "C",
    sku       text    not null collate "C",
    component text    not null collate "C",
    units     integer not null,
    primary key (brand, cause, sku, component),
    constraint bundle_taken_units check (units between 1 and 99)
);

-- What a sale took and what came back of it.
create index stock_movement_of_sale on stock_movement (brand, cause collate "C")
    where kind in ('SELL', 'COMMIT', 'RESTOCK');
