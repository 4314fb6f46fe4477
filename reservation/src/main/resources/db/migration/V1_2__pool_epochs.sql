-- A pool is one brand's stock as the gate serves it. Its epoch grows with each rebuild of the gate, so that an admission
-- from before a loss of Redis is told from one after it; seq is the newest admission of this epoch that a hub has noted.
create table pool (
    brand     text        primary key,
    epoch     bigint      not null,
    seq       bigint      not null default 0,
    opened_at timestamptz not null,
    constraint pool_epoch check (epoch >= 1 and seq >= 0)
);

-- Under which epoch and as which admission a hold was granted; 0 and 0 when the ledger decided alone.
alter table hold
    add column epoch bigint not null default 0,
    add column seq   bigint not null default 0;
