-- What was said under a show's live elsewhere: chat of the same show, with the channel's mark. Own messages have none of it.
alter table chat_message add column channel text;
alter table chat_message add column connection_id uuid;
alter table chat_message add column external_id text check (char_length(external_id) between 1 and 200);
alter table chat_message add constraint chat_source
    check ((channel is null) = (connection_id is null) and (channel is null) = (external_id is null));
create unique index chat_comment_once on chat_message (connection_id, external_id) where external_id is not null;
create index chat_own_newest on chat_message (show_id, seq desc) where channel is null;

-- Which comments buy. A show without a row: none.
create table comment_sale (
    show_id    uuid    primary key references show,
    scope      text    not null check (scope in ('OFF', 'PINNED', 'SHEET')),
    most_units integer not null check (most_units between 1 and 20)
);
create table comment_keyword (
    show_id uuid not null references show,
    sku     text not null,
    keyword text not null check (char_length(keyword) between 1 and 30),
    primary key (show_id, sku),
    unique (show_id, keyword)
);
