-- Shops that follow are looked after once an hour: were they sent all of ours as it is?
alter table connection_chore drop constraint connection_chore_kind_check;
alter table connection_chore add constraint connection_chore_kind_check
    check (kind in ('SUBSCRIPTIONS', 'ORDERS', 'AFTER_SALE', 'CATALOGUE', 'SETTLEMENTS', 'DRIFT', 'LISTINGS'));
