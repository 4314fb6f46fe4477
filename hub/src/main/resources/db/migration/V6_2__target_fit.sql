-- Which platform a target is (its limits are known by this name), and what becomes of a stream that exceeds them.
alter table stream_target add column preset text;
alter table stream_target add column fit text not null default 'AS_IS' check (fit in ('AS_IS', 'REENCODE'));
