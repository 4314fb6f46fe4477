-- Whose money a line is: the buyer's (SOLD), what the platform keeps (KEPT), or neither. Lines are written anew at each reading.
alter table settlement_line add column part text not null default 'OTHER' check (part in ('SOLD', 'KEPT', 'OTHER'));

-- How many orders of a payout agreed with the journal when it was read last. Null where it was read before that was looked at.
alter table settlement add column agree integer, add column differ integer, add column unknown integer,
    add column off_minor bigint;
