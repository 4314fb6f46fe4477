-- Which SKUs are waited for: looked at several times a second, and mostly none.
create index stock_waited_for on stock (brand, sku) where waiting > 0;
