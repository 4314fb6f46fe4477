-- unproven: the setting whose secret a check could not prove at the platform. proven_at: since when a genuine delivery proved the secret
-- that stands. Both end with the settings that they are of.
alter table connection add column unproven text;
alter table connection add column proven_at timestamptz;
create index connection_unproven on connection (id) where unproven is not null;
