-- Where the trace of an order is, so that its hand-over goes on with it however long it waits. Null while nobody receives traces.
alter table order_push add column trace text;
