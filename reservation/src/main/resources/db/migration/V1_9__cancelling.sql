-- CANCELLING: the channel has been asked to call the order off and has not answered yet. refusal: why it would not, last time.
alter table shortfall
    add column refusal text,
    drop constraint shortfall_state,
    add constraint shortfall_state check
        (state = 'OPEN' and num_nonnulls(remedy, remedy_by, note, resolved_at) = 0
            or state in ('CANCELLING', 'RESOLVED') and num_nonnulls(remedy, remedy_by, note, resolved_at) = 4);

drop index shortfall_open;
create index shortfall_open on shortfall (brand, opened_at) where state <> 'RESOLVED';
