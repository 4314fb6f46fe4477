-- Which deliveries have reached the end of their time. None of these indexes has an entry for a row that was just stored.
create index inbox_personal on inbox (done_at) where erased_at is null and done_at is not null;
create index inbox_erased on inbox (done_at) where erased_at is not null;
create index inbox_parked on inbox (received_at) where state = 'PARKED';

-- What was erased at a buyer's wish before it could be handled ended then.
update inbox set done_at = erased_at where erased_at is not null and done_at is null and state = 'IGNORED';
