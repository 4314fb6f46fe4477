-- Shipments and refunds of shops that do not push are asked for.
alter table connection_chore drop constraint connection_chore_kind_check;
alter table connection_chore add constraint connection_chore_kind_check
    check (kind in ('SUBSCRIPTIONS', 'ORDERS', 'AFTER_SALE', 'CATALOGUE', 'SETTLEMENTS', 'DRIFT'));
