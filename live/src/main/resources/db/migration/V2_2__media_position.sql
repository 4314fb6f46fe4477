-- Where on the recorded picture a pin begins and ends: the stream's own time, which a reconnecting host or a wrong
-- clock does not move. Null where no stream ran.
alter table pin add column stream_epoch integer check (stream_epoch >= 0);
alter table pin add column stream_from_millis bigint check (stream_from_millis >= 0);
alter table pin add column stream_until_millis bigint check (stream_until_millis >= 0);
alter table pin add constraint pin_position check ((stream_epoch is null) = (stream_from_millis is null));
alter table pin add constraint pin_position_end check (stream_until_millis is null or stream_from_millis is not null);
