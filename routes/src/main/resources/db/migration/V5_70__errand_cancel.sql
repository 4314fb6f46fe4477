-- An order that was called off at one of its two shops is called off at the other.
alter table channel_errand drop constraint channel_errand_kind_check;
alter table channel_errand add constraint channel_errand_kind_check
    check (kind in ('SHIP', 'PRICE', 'LISTING', 'REFUND', 'CANCEL'));
