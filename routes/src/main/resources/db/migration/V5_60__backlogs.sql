-- A look at what is parked must not read every delivery. No entry for a row that was just stored.
create index if not exists inbox_parked on inbox (received_at) where state = 'PARKED';
