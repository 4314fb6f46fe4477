-- A brand's own maps and tables. Rows are only ever added: the newest version is in force, one without a source is the way
-- back to the default.
create table mapping_override (
    brand   text        not null,
    channel text        not null,
    name    text        not null,
    version integer     not null check (version > 0),
    source  text        check (octet_length(source) <= 65536),
    author  text        not null,
    note    text,
    at      timestamptz not null,
    primary key (brand, channel, name, version)
);
